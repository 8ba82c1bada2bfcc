import type { Db } from '../storage/database.ts';

/** How somebody is known to Teams, as far as the student system can know them by it. */
export interface Known {
  readonly entraId: string;
  readonly email: string | null | undefined;
  readonly principalName: string | null | undefined;
}

/**
 * Whom the student system knows somebody in Teams as: by the id in Entra where it has it, otherwise by e-mail address or
 * sign-in name. Two on the staff with one address are nobody; whoever has left is nobody either.
 */
export async function findStaff(db: Db, known: Known): Promise<string | undefined> {
  const byEntra = await present(db).where('entraId', '=', known.entraId).execute();
  if (byEntra.length === 1) return byEntra[0]?.id;
  const addresses = [known.email, known.principalName]
    .map((one) => one?.trim().toLowerCase() ?? '')
    // What is empty on both sides is nobody's address.
    .filter((one) => one !== '');
  if (addresses.length === 0) return undefined;
  const byAddress = await present(db)
    .where((eb) =>
      eb.or([
        eb(eb.fn('lower', ['email']), 'in', addresses),
        eb(eb.fn('lower', ['principalName']), 'in', addresses),
      ]),
    )
    .execute();
  return byAddress.length === 1 ? byAddress[0]?.id : undefined;
}

function present(db: Db) {
  return db.selectFrom('staff').select('id').where('removedAt', 'is', null);
}
