import type { Temporal } from 'temporal-polyfill';
import type { Municipality } from '../../../services/config/municipality.ts';
import type { Action } from '../../../services/people/permissions.ts';
import type { Person } from '../../../services/people/person.ts';
import { mayDo } from '../../../services/people/rights.ts';
import type { Db } from '../../../services/storage/database.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { emailOf } from '../../support/small-staff.ts';
import { addStep } from './add-step.ts';
import {
  addCard,
  addContactPerson,
  addFollowUp,
  addStaff,
  addStandIn,
  groups,
  places,
  pupils,
  schoolOf,
  seedPlaces,
} from './staffed-school.ts';

export const TUESDAY = MONDAY.add({ days: 1 });
const FRIDAY = MONDAY.subtract({ days: 3 });

export type Place = keyof typeof places;

/** Asks whether somebody may do something at the school where everybody of `seedRights` is. */
export function mayIn(db: Db, municipality: Municipality) {
  return async (
    person: Person | undefined,
    action: Action,
    pupilId: string | undefined,
    place: Place,
    day: Temporal.PlainDate = MONDAY,
    stepId?: string,
  ): Promise<boolean> => {
    const request = {
      action,
      school: schoolOf(municipality, 'norr'),
      day,
      conversationId: places[place],
      pupilId,
      stepId,
    };
    return await mayDo({ db, municipality }, person, request);
  };
}

/** A school with somebody of every kind, who have what they have today, had it or are to have it. */
export async function seedRights(db: Db): Promise<void> {
  await seedPlaces(db);
  await addCard(db, groups.a, '19:ab', FRIDAY);
  const mentor = await addStaff(db, 'Mentor Sjuan', [groups.a]);
  await addStaff(db, 'Mentor Granne', [groups.b]);
  const other = await addStaff(db, 'Mentor Annan', [groups.c]);
  const contact = await addStaff(db, 'Kontakt Person');
  await addContactPerson(db, pupils.a, contact);
  await addContactPerson(db, pupils.b, await addStaff(db, 'Var Kontaktperson'), clockTime('08:30'));
  const [first, last] = [MONDAY, TUESDAY];
  const stepOwner = await addStaff(db, 'Har Steg');
  await addStandIn(db, stepOwner, await addStaff(db, 'Vikarie Steg'), { firstDay: first, lastDay: last });
  await addStep(db, pupils.c, 'own', { ownerStaffId: stepOwner });
  await addStep(db, pupils.c, 'byAddress', { ownerAddress: emailOf('Adress Steg') });
  await addStep(db, pupils.c, 'done', { ownerStaffId: await addStaff(db, 'Hade Steg') });
  await addStandIn(db, mentor, await addStaff(db, 'Vikarie Nu'), { firstDay: first, lastDay: last });
  await addStandIn(db, mentor, await addStaff(db, 'Vikarie Igår'), {
    firstDay: FRIDAY,
    lastDay: first.subtract({ days: 1 }),
  });
  await addStandIn(db, other, await addStaff(db, 'Vikarie Imorgon'), { firstDay: last, lastDay: last });
  await addStandIn(
    db,
    other,
    await addStaff(db, 'Vikarie Avslutad'),
    { firstDay: first, lastDay: last },
    clockTime('08:30'),
  );
  await addStandIn(db, contact, await addStaff(db, 'Vikarie Kontaktperson'), {
    firstDay: first,
    lastDay: first,
  });
  await addFollowUp(db, pupils.a, mentor, MONDAY, groupId(groups.a));
  await addFollowUp(db, pupils.c, await addStaff(db, 'Fick Överlämnat'));
  await addFollowUp(db, pupils.d, await addStaff(db, 'Fick Igår'), FRIDAY);
  await addStaff(db, 'Lärare Ingen');
  await addStaff(db, 'Har Slutat', [groups.a, groups.d], { removedAt: clockTime('08:00') });
  // Of those whom the municipality file names, the principal and the admin are not in the student system.
  for (const name of ['Koordinator norr', 'Kurator norr', 'Koordinator soder']) await addStaff(db, name);
}
