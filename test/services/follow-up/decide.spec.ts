import assert from 'node:assert/strict';
import { decide, type Try } from '../../../services/follow-up/decide.ts';
import type { FollowUpRow } from '../../../services/follow-up/follow-up.ts';
import type { ContactRow } from '../../../services/follow-up/standing.ts';
import { clockTime } from '../../support/small-school.ts';
import { contactRow, followUpRow } from './follow-up-rows.ts';

const undone = { undoneAt: clockTime('09:20'), undoneById: 'karin', undoneByName: 'Karin Koord' };
const byPhone = contactRow('phone', '09:12', 'reached', { method: 'phone', counterpart: 'guardian' });
const bySms = contactRow('sms', '09:12', 'reached', {
  baseVersion: 2,
  method: 'sms',
  counterpart: 'guardian',
});
const inVain = contactRow('in vain', '08:55', 'notReached');

interface Case {
  readonly name: string;
  readonly version?: number;
  readonly contactId?: string;
  readonly contacts?: readonly ContactRow[];
  readonly says: Partial<Try>;
  readonly expected: string;
}

const reached = { outcome: 'reached', method: 'phone', counterpart: 'guardian' } as const;
const asBo = { actor: { id: 'bo' } } as const;

const whoever: readonly Case[] = [
  { name: 'the first press counts', says: reached, expected: 'record' },
  { name: 'a first try in vain counts', says: {}, expected: 'record' },
  {
    name: 'a press on a card from before a hand-over or a report counts all the same',
    version: 3,
    says: { version: 1 },
    expected: 'record',
  },
  {
    name: 'whoever reached somebody says something new, though the card did not show the try before',
    version: 2,
    contacts: [inVain],
    says: { ...reached, ...asBo },
    expected: 'record',
  },
  {
    name: 'a second try in vain on a card that showed the first counts',
    version: 2,
    contacts: [inVain],
    says: { ...asBo, version: 2 },
    expected: 'record',
  },
  {
    name: 'a try in vain on a card that did not show a colleague’s came late',
    version: 2,
    contacts: [inVain],
    says: asBo,
    expected: 'already',
  },
  {
    name: 'one where the colleague’s has been taken back counts',
    version: 3,
    contacts: [{ ...inVain, ...undone }],
    says: asBo,
    expected: 'record',
  },
  {
    name: 'a colleague who was there before is told of',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { ...reached, ...asBo, version: 2 },
    expected: 'already',
  },
  {
    name: 'what a colleague has recorded cannot be said differently by anybody else',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { ...asBo, version: 2 },
    expected: 'already',
  },
];

const twice: readonly Case[] = [
  {
    name: 'the same press again changes nothing',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: reached,
    expected: 'repeated',
  },
  {
    name: 'the same try in vain again changes nothing',
    version: 2,
    contacts: [inVain],
    says: {},
    expected: 'repeated',
  },
  {
    name: 'one that was recorded on a later version than its card’s is known all the same',
    version: 4,
    contacts: [{ ...inVain, baseVersion: 3 }],
    says: { version: 1 },
    expected: 'repeated',
  },
  {
    name: 'a press that comes again does not bring back what was taken back',
    version: 3,
    contacts: [{ ...byPhone, ...undone }],
    says: reached,
    expected: 'takenBack by Karin Koord',
  },
  {
    name: 'nor does a try in vain that comes again',
    version: 3,
    contacts: [{ ...inVain, ...undone }],
    says: {},
    expected: 'takenBack by Karin Koord',
  },
  {
    name: 'a new press on the card that shows it was taken back counts',
    version: 3,
    contacts: [{ ...byPhone, ...undone }],
    says: { ...reached, version: 3 },
    expected: 'record',
  },
  {
    name: 'a press that comes again does not undo how it was said since',
    version: 3,
    contactId: 'sms',
    contacts: [{ ...byPhone, ...undone }, bySms],
    says: reached,
    expected: 'repeated',
  },
];

const differently: readonly Case[] = [
  {
    name: 'the same person may say how, afterwards',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { ...reached, method: 'sms', version: 2 },
    expected: 'record instead of phone',
  },
  {
    name: 'and with whom',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { ...reached, counterpart: 'pupil', version: 2 },
    expected: 'record instead of phone',
  },
  {
    name: 'a press without a way adds nothing to one with it',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { ...reached, method: undefined, counterpart: undefined, version: 2 },
    expected: 'repeated',
  },
  {
    name: 'the same person may say that it was nobody, on the card that shows the contact',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { version: 2 },
    expected: 'record instead of phone',
  },
  {
    name: 'a try in vain that arrives after one’s own contact came late',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: {},
    expected: 'already',
  },
];

const inWords: readonly Case[] = [
  { name: 'counts as a press does', says: { ...reached, version: undefined }, expected: 'record' },
  {
    name: 'counts once where Teams sends it twice',
    version: 2,
    contacts: [inVain],
    says: { version: undefined, at: clockTime('08:55') },
    expected: 'repeated',
  },
  {
    name: 'counts again an hour later',
    version: 2,
    contacts: [inVain],
    says: { version: undefined, at: clockTime('09:55') },
    expected: 'record',
  },
  {
    name: 'counts again at once where it was taken back',
    version: 3,
    contacts: [{ ...inVain, ...undone }],
    says: { version: undefined, at: clockTime('08:55') },
    expected: 'record',
  },
  {
    name: 'may say one’s own contact differently',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { version: undefined },
    expected: 'record instead of phone',
  },
  {
    name: 'is told of a colleague who was there before',
    version: 2,
    contactId: 'phone',
    contacts: [byPhone],
    says: { ...reached, ...asBo, version: undefined },
    expected: 'already',
  },
];

describe('decide', () => {
  for (const [title, cases] of Object.entries({
    'whoever comes first': whoever,
    'what comes twice': twice,
    'said differently': differently,
    'said in words': inWords,
  })) {
    describe(title, () => {
      for (const { name, version = 1, contactId = null, contacts = [], says, expected } of cases) {
        it(name, () => {
          assert.equal(told({ version, contactId }, contacts, says), expected);
        });
      }
    });
  }
});

/** Anna says at 09:30 that she reached nobody, on the card as it was first, where a case says nothing else. */
function told(
  row: Pick<FollowUpRow, 'version' | 'contactId'>,
  contacts: readonly ContactRow[],
  says: Partial<Try>,
): string {
  const said: Try = {
    outcome: 'notReached',
    method: undefined,
    counterpart: undefined,
    version: 1,
    actor: { id: 'anna' },
    at: clockTime('09:30'),
    ...says,
  };
  const decision = decide(followUpRow(row), contacts, said);
  if (decision.kind === 'takenBack') return `takenBack by ${decision.by}`;
  const instead = decision.kind === 'record' ? decision.replaces : undefined;
  return instead === undefined ? decision.kind : `record instead of ${instead.id}`;
}
