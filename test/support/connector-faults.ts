import type { ChatFailureKind } from '../../services/posts/chat.ts';
import type { ConnectorBehaviour } from './loopback-connector.ts';

/** Something that a call to Teams can meet, and what it means for what to do next. */
export interface ConnectorFault {
  readonly name: string;
  readonly behaviour: ConnectorBehaviour;
  readonly kind: ChatFailureKind;
  /** Undefined where it is Node's own, and not the same everywhere. */
  readonly code: string | undefined;
  readonly retryAfterSeconds?: number;
}

function answered(status: number, code?: string, retryAfter?: string): ConnectorBehaviour {
  return {
    kind: 'status',
    status,
    ...(code === undefined ? {} : { code }),
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  };
}

function stored(behaviour: ConnectorBehaviour): ConnectorBehaviour {
  return { ...behaviour, stored: true };
}

/** Nobody can tell whether the message is there. */
const inDoubt: readonly ConnectorFault[] = [
  fault('a reset before it was stored', { kind: 'reset' }, 'unknown', undefined),
  fault('a reset after it was stored', { kind: 'reset', stored: true }, 'unknown', undefined),
  fault('an answer cut in the middle', { kind: 'cut', stored: true }, 'unknown', undefined),
  fault('no answer', { kind: 'silent', stored: true }, 'unknown', 'network.timeout'),
  fault('an answer that never ends', { kind: 'stall', stored: true }, 'unknown', 'network.timeout'),
  fault('408', answered(408), 'unknown', 'http.408'),
  fault('500', stored(answered(500)), 'unknown', 'http.500'),
  fault('502', answered(502), 'unknown', 'http.502'),
  fault('502 after it was stored', stored(answered(502)), 'unknown', 'http.502'),
  fault('503', answered(503), 'unknown', 'http.503'),
  fault('503 with Retry-After', answered(503, undefined, '40'), 'unknown', 'http.503', 40),
  fault('504', answered(504), 'unknown', 'http.504'),
  fault('500 whose answer is cut', { kind: 'cut', status: 500, stored: true }, 'unknown', 'http.500'),
];

/** The message is proven not to be there, and may be sent again. */
const notAccepted: readonly ConnectorFault[] = [
  fault('429 with seconds', answered(429, undefined, '7'), 'notAccepted', 'http.429', 7),
  fault('429 without', answered(429), 'notAccepted', 'http.429'),
  fault('429 with nonsense', answered(429, undefined, 'soon'), 'notAccepted', 'http.429'),
  fault('429 with a century', answered(429, undefined, '3155760000'), 'notAccepted', 'http.429', 600),
  fault('429 whose answer never ends', { kind: 'stall', status: 429 }, 'notAccepted', 'http.429'),
  fault('412', answered(412, 'PreconditionFailed'), 'notAccepted', 'PreconditionFailed'),
  fault('a 404 that does not come to its reason', { kind: 'cut', status: 404 }, 'notAccepted', 'http.404'),
  fault('a 403 that does not come to its reason', { kind: 'stall', status: 403 }, 'notAccepted', 'http.403'),
];

/** A person has to do something. */
const final: readonly ConnectorFault[] = [
  fault('401', answered(401, 'BotNotRegistered'), 'notAuthorised', 'BotNotRegistered'),
  ...[
    'BotDisabledByAdmin',
    'MessageWritesBlocked',
    'ConversationBlockedByUser',
    'BotNotInConversationRoster',
    'ForbiddenOperationException',
  ].map((code) => fault(`403 ${code}`, answered(403, code), 'unreachable', code)),
  fault(
    '404 of the conversation',
    answered(404, 'ConversationNotFound'),
    'unreachable',
    'ConversationNotFound',
  ),
  fault(
    '404 of the message',
    answered(404, 'ActivityNotFoundInConversation'),
    'messageGone',
    'ActivityNotFoundInConversation',
  ),
  fault('413', answered(413, 'MessageSizeTooBig'), 'refused', 'MessageSizeTooBig'),
  fault('400', answered(400, 'BadSyntax'), 'refused', 'BadSyntax'),
];

/** What one call to Teams can meet. */
export const connectorFaults: readonly ConnectorFault[] = [...inDoubt, ...notAccepted, ...final];

function fault(
  name: string,
  behaviour: ConnectorBehaviour,
  kind: ChatFailureKind,
  code: string | undefined,
  retryAfterSeconds?: number,
): ConnectorFault {
  return { name, behaviour, kind, code, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}
