import { z } from 'zod';

/** Who did something. `entraId` is what rights are judged by; the name is for showing. */
export interface Actor {
  readonly teamsId: string;
  readonly entraId: string | undefined;
  readonly name: string;
}

export interface InboundConversation {
  /** Without the thread. */
  readonly id: string;
  /** With the thread, where there is one: where a reply goes. */
  readonly threadId: string;
  readonly kind: 'channel' | 'groupChat' | 'personal';
  readonly tenantId: string;
  readonly serviceUrl: string;
  readonly teamId: string | undefined;
  readonly name: string | undefined;
}

/** A press on a card. `messageId` is the message that held it. */
export interface Press {
  readonly kind: 'press';
  readonly verb: string;
  readonly data: unknown;
  readonly messageId: string | undefined;
  /** How it came: answered in the same response, there by a dialog, or, from older clients, as a message. */
  readonly via: 'execute' | 'dialog' | 'submit';
  readonly from: Actor;
  readonly conversation: InboundConversation;
}

/** Something written to the bot; `text` is without the mention of it. */
export interface Written {
  readonly kind: 'message';
  /** The same where Teams sends it again. */
  readonly messageId: string | undefined;
  readonly text: string;
  readonly from: Actor;
  readonly conversation: InboundConversation;
}

/** The app was added somewhere, or taken away; with an upgrade it is both, and was there before. */
export interface Installation {
  readonly kind: 'installed' | 'removed';
  readonly isUpgrade: boolean;
  readonly conversation: InboundConversation;
}

export type Inbound =
  | Press
  | Written
  | Installation
  | { readonly kind: 'unknownInvoke' }
  | { readonly kind: 'ignored' };

/**
 * What is shown in return. A `private` card is for whoever pressed, and not for the others in the channel. What is `told`
 * stands on the card for whoever pressed alone, and is said in words where the answer cannot be a card.
 */
export type Answer =
  | {
      readonly kind: 'card';
      readonly card: object;
      readonly isPrivate?: boolean;
      readonly told?: string;
      /** What stands above it where it is shown in a dialog. */
      readonly dialogTitle?: string;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' };

const text = z.string().max(10_000);
const id = z.string().min(1).max(500);
const person = z.object({ id, name: text.nullish(), aadObjectId: id.nullish() });

const mention = z.object({
  type: text.optional(),
  text: text.optional(),
  mentioned: z.object({ id: id.optional() }).optional().catch(undefined),
});

/** The fields of an activity that are used, and no others. */
export const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  name: text.nullish(),
  action: text.nullish(),
  /** As long as a body may be; only the beginning is read. */
  text: z.string().nullish(),
  channelId: text.optional(),
  serviceUrl: z.string().max(500).optional(),
  replyToId: id.nullish(),
  value: z.unknown().optional(),
  from: person.optional(),
  recipient: person.optional(),
  conversation: z
    .object({ id, conversationType: text.nullish(), tenantId: id.nullish(), name: text.nullish() })
    .optional(),
  channelData: z
    .object({
      tenant: z.object({ id }).nullish(),
      team: z.object({ id: id.optional(), name: text.nullish() }).nullish(),
      channel: z.object({ id: id.optional(), name: text.nullish() }).nullish(),
    })
    .nullish(),
  entities: z.array(mention).max(100).nullish(),
  membersAdded: z.array(person).max(1_000).nullish(),
  membersRemoved: z.array(person).max(1_000).nullish(),
});

export type ParsedActivity = z.infer<typeof activitySchema>;

const execute = z.object({ action: z.object({ verb: z.string().max(100), data: z.unknown().optional() }) });
const submit = z.looseObject({ verb: z.string().max(100) });
const dialog = z.object({ data: submit });

/** The tenant that an activity says it comes from. */
export function tenantOf(activity: ParsedActivity): string | undefined {
  return activity.channelData?.tenant?.id ?? activity.conversation?.tenantId ?? undefined;
}

/** Reads an activity into what Sedd knows; what it does not answer is `ignored`. */
export function readActivity(activity: ParsedActivity): Inbound {
  const conversation = conversationOf(activity);
  if (conversation === undefined) return { kind: 'ignored' };
  switch (activity.type) {
    case 'invoke':
      return readInvoke(activity, conversation);
    case 'message':
      return readMessage(activity, conversation);
    case 'installationUpdate':
      return readInstallation(activity, conversation);
    case 'conversationUpdate':
      return readMembers(activity, conversation);
    default:
      return { kind: 'ignored' };
  }
}

function readInstallation({ action }: ParsedActivity, conversation: InboundConversation): Installation {
  const kind = action?.startsWith('remove') === true ? 'removed' : 'installed';
  return { kind, isUpgrade: action?.endsWith('-upgrade') === true, conversation };
}

function readInvoke(activity: ParsedActivity, conversation: InboundConversation): Inbound {
  if (activity.name === 'task/fetch') return readDialog(activity, conversation);
  const action = execute.safeParse(activity.value);
  const from = actorOf(activity);
  if (activity.name !== 'adaptiveCard/action' || !action.success || from === undefined)
    return { kind: 'unknownInvoke' };
  const { verb, data } = action.data.action;
  return {
    kind: 'press',
    verb,
    data,
    via: 'execute',
    messageId: activity.replyToId ?? undefined,
    from,
    conversation,
  };
}

/** A button that asks for a dialog sends its data as older clients send a press. */
function readDialog(activity: ParsedActivity, conversation: InboundConversation): Inbound {
  const asked = dialog.safeParse(activity.value);
  const from = actorOf(activity);
  if (!asked.success || from === undefined) return { kind: 'unknownInvoke' };
  const { verb, ...data } = asked.data.data;
  const messageId = activity.replyToId ?? undefined;
  return { kind: 'press', verb, data, via: 'dialog', messageId, from, conversation };
}

function readMessage(activity: ParsedActivity, conversation: InboundConversation): Inbound {
  const from = actorOf(activity);
  if (from === undefined) return { kind: 'ignored' };
  const pressed = submit.safeParse(activity.value);
  if (pressed.success) {
    const { verb, ...data } = pressed.data;
    return {
      kind: 'press',
      verb,
      data,
      via: 'submit',
      messageId: activity.replyToId ?? undefined,
      from,
      conversation,
    };
  }
  const messageId = activity.id ?? undefined;
  return { kind: 'message', messageId, text: withoutMentions(activity), from, conversation };
}

/** The bot's own mention goes, and so do tags; of anybody else's mention, the name stays. */
function withoutMentions({ entities, recipient, text: given }: ParsedActivity): string {
  const mentions = (entities ?? []).flatMap((entity) =>
    entity.type === 'mention' && entity.text !== undefined && entity.mentioned?.id === recipient?.id
      ? [entity.text]
      : [],
  );
  const written = mentions.reduce(
    (rest, own) => rest.replace(own, ' '),
    (given ?? '').slice(0, LONGEST_READ),
  );
  return written
    .replaceAll(/<[^<>]{1,300}>|&nbsp;/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Nothing that Sedd understands is nearly as long. */
const LONGEST_READ = 5_000;

function readMembers(activity: ParsedActivity, conversation: InboundConversation): Inbound {
  const bot = activity.recipient?.id;
  const isBot = (member: { readonly id: string }) => member.id === bot;
  if (activity.membersRemoved?.some(isBot) === true)
    return { kind: 'removed', isUpgrade: false, conversation };
  // `installationUpdate` tells of the same, once and for every kind of conversation.
  return { kind: 'ignored' };
}

function actorOf({ from }: ParsedActivity): Actor | undefined {
  return from === undefined
    ? undefined
    : { teamsId: from.id, entraId: from.aadObjectId ?? undefined, name: from.name ?? '' };
}

function conversationOf(activity: ParsedActivity): InboundConversation | undefined {
  const { conversation, serviceUrl, channelData } = activity;
  const tenantId = tenantOf(activity);
  if (conversation === undefined || serviceUrl === undefined || tenantId === undefined) return undefined;
  const kind = kindOf(conversation.conversationType ?? undefined, channelData?.team?.id);
  return {
    id: conversation.id.split(';')[0] ?? conversation.id,
    threadId: conversation.id,
    kind,
    tenantId,
    serviceUrl,
    teamId: channelData?.team?.id,
    name: channelData?.channel?.name ?? conversation.name ?? undefined,
  };
}

function kindOf(type: string | undefined, teamId: string | undefined): InboundConversation['kind'] {
  if (type === 'personal' || type === 'groupChat' || type === 'channel') return type;
  return teamId === undefined ? 'groupChat' : 'channel';
}
