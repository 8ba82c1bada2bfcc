import type { Translator } from '../../locales/translator.ts';
import { translator } from '../../locales/translator.ts';
import type { Clock } from '../../services/clock.ts';
import type { Municipality, School } from '../../services/config/municipality.ts';
import type { Routine } from '../../services/config/routine.ts';
import type { AppointDeps } from '../../services/follow-up/appoint.ts';
import type { RemindAllDeps } from '../../services/follow-up/remind-all.ts';
import type { ReleaseDeps } from '../../services/morning/release-morning.ts';
import { readBoundTo } from '../../services/posts/bind-conversation.ts';
import type { Chat } from '../../services/posts/chat.ts';
import type { RoutineDeps } from '../../services/routine/routine-deps.ts';
import { inLanguage } from '../../services/routine/routine-names.ts';
import type { Answer } from '../inbound.ts';
import type { Members } from '../members.ts';

/** What a handler may do: nothing of the framework. */
export interface HandlerDeps extends AppointDeps, RemindAllDeps, ReleaseDeps {
  readonly municipality: Municipality;
  readonly schools: ReadonlyMap<string, School>;
  /** Earliest first; none where no routine is followed. */
  readonly routines: readonly Routine[];
  /** What shows a case or one of its steps follows its change, in the same transaction. */
  readonly onCase: RoutineDeps['onCase'];
  /** Whether a button may ask for a dialog; a page takes the place of its list where not. */
  readonly hasDialogs: boolean;
  /** Real time, for what concerns Teams rather than the school's day. */
  readonly wireClock: Clock;
  readonly members: Members;
  /** Who is in a conversation is asked of Teams; nothing is posted by a handler. */
  readonly chat: Pick<Chat, 'members' | 'openPersonal'>;
}

/** The words of the school that a conversation belongs to; the municipality's where it belongs to none. */
export async function wordsIn(
  { db, municipality, schools }: Pick<HandlerDeps, 'db' | 'municipality' | 'schools'>,
  conversationId: string,
): Promise<Translator> {
  const [bound] = await readBoundTo(db, conversationId);
  const school = schools.get(bound?.schoolId ?? '');
  return school === undefined ? wordsOf(municipality) : wordsOfSchool(school);
}

/** The municipality's own words, where no school is known. */
export function wordsOf(municipality: Municipality): Translator {
  return translator(municipality.language, municipality.timeZone);
}

/** A school's words. */
export function wordsOfSchool(school: School): Translator {
  return translator(school.language, school.timeZone);
}

/** The same, with the routine as the school reads it: for what shows it. */
export function asRead<D extends Pick<HandlerDeps, 'routines'>>(deps: D, { language }: School): D {
  return { ...deps, routines: inLanguage(deps.routines, language) };
}

export const text = (value: string): Answer => ({ kind: 'text', text: value });
