import { randomUUID } from 'node:crypto';
import { TENANT } from '../test/support/small-school.ts';
import type { Button } from './connector-process.ts';
import { mentorInTeams, mentorNumberOf } from './large-municipality.ts';
import { BOT_IDENTITY } from './process.ts';

/** What Teams sends when the channel's mentor presses "Kontaktad": the question is to be answered. */
export function asked(button: Button, serviceUrl: string): string {
  return pressed(button, serviceUrl, 'followUp.ask', {});
}

/** What it sends when they press "Telefon" under the question. */
export function contacted(button: Button, serviceUrl: string): string {
  return pressed(button, serviceUrl, 'followUp.contacted', { method: 'phone', counterpart: 'guardian' });
}

/** People who ask and answer beside each other: each pair's second press comes so many presses after its first. */
export function askedThenContacted(
  buttons: readonly Button[],
  serviceUrl: string,
  beside: number,
): readonly string[] {
  const rounds = Array.from({ length: Math.ceil(buttons.length / beside) }, (_, round) =>
    buttons.slice(round * beside, (round + 1) * beside),
  );
  return rounds.flatMap((round) => [
    ...round.map((button) => asked(button, serviceUrl)),
    ...round.map((button) => contacted(button, serviceUrl)),
  ]);
}

function pressed(
  { conversationId, messageId, data }: Button,
  serviceUrl: string,
  verb: string,
  more: object,
): string {
  const mentor = mentorInTeams(mentorNumberOf(conversationId));
  return JSON.stringify({
    type: 'invoke',
    id: `f:${randomUUID()}`,
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    serviceUrl,
    replyToId: messageId,
    from: { id: mentor.id, name: mentor.name, aadObjectId: mentor.aadObjectId },
    recipient: { id: `28:${BOT_IDENTITY.MicrosoftAppId}`, name: 'Sedd' },
    conversation: {
      id: `${conversationId};messageid=${messageId}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT }, channel: { id: conversationId }, team: { id: '19:team' } },
    locale: 'sv-SE',
    value: { action: { type: 'Action.Execute', verb, data: { ...data, ...more } }, trigger: 'manual' },
  });
}
