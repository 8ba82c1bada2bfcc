/** The people and conversations of the local Teams. */
export const TENANT = '11111111-0000-4000-8000-000000000001';
export const TEAM = '19:torpaskolan-norr@thread.tacv2';
/** The team's General: where the attendance coordinator is. */
export const COORDINATOR_CHANNEL = TEAM;
export const MENTOR_CHANNEL = '19:mentorer-ak-8@thread.tacv2';
export const EHT_CHAT = '19:eht-torpaskolan-norr@thread.v2';
export const PERSONAL_CHAT = 'personal-chat-with-sedd';
export const BOT_ID = '00000000-0000-0000-0000-000000000011';
