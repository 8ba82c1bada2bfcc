import { filterOf } from '../../cards/pupil-filter-data.ts';
import { pupilListCard } from '../../cards/pupil-list.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { readPupilList } from '../../services/pupils/read-pupil-list.ts';
import type { Answer, Press } from '../inbound.ts';
import { asRead, type HandlerDeps, text } from './handler-deps.ts';
import { openPupil } from './open-pupil.ts';
import { doerOf, onCard, type PressContext, refuse, rightsIn, whyNot } from './press-context.ts';
import { recordRefusal } from './refusals.ts';
import { readersIn } from './written/written-context.ts';

/** "Visa" and the buttons that turn pages: the school's pupils as they are chosen. */
export async function pressShowPupils(
  deps: HandlerDeps,
  press: Press,
  { on, ...fields }: VerbPayload<'pupils.show'>,
): Promise<Answer> {
  return await onCard(deps, press, on, async (context) => {
    const may = await rightsIn(deps, context, undefined);
    if (!may('listPupils')) return await refuse(deps, press, whyNot(context, 'school'));
    if (await isSeenByOthers(deps, context)) return text(context.words.t('written.inOwnChat'));
    const { school, words } = context;
    const view = await readPupilList(
      asRead(deps, school),
      school,
      dayAt(deps.clock.now(), school),
      filterOf(fields),
    );
    const { hasDialogs } = deps;
    const options = { page: on.page, withReferences: may('judgeCases'), hasDialogs };
    const card = pupilListCard(view, words, options);
    return { kind: 'card', card, isPrivate: true };
  });
}

/** "Öppna": the pupil's page, in a dialog where the client opens one. */
export async function pressOpenPupil(
  deps: HandlerDeps,
  press: Press,
  { on, pupil: pupilId, ...fields }: VerbPayload<'pupil.open'>,
): Promise<Answer> {
  return await onCard(deps, press, on, async (context) => {
    const { school, words } = context;
    const may = await rightsIn(deps, context, pupilId);
    if (!may('viewPupil')) return await refuse(deps, press, whyNot(context));
    // A client that opens no dialog is answered with a message of its own.
    if (press.via === 'submit' && press.conversation.kind !== 'personal')
      return text(words.t('written.pupilInOwnChat'));
    const hasList = press.via === 'execute' && may('listPupils');
    const list = hasList ? { on, filter: filterOf(fields) } : undefined;
    const opened = await openPupil(deps, { school, pupilId, words, list, ...doerOf(context) });
    if (opened !== undefined) return opened;
    await recordRefusal(deps, press, 'notOnCard');
    return text(words.t('pupil.gone'));
  });
}

/** Whether the answer would be a message that more people read than may see every pupil. */
async function isSeenByOthers(deps: HandlerDeps, { press, school }: PressContext): Promise<boolean> {
  return press.via === 'submit' && (await readersIn(deps, press.conversation, school)) !== 'mayAll';
}
