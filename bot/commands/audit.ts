import { readAuditOfPupil } from '../../services/audit/read-audit.ts';
import { recordAudit } from '../../services/audit/record-audit.ts';
import { systemClock } from '../../services/clock.ts';
import { readEnvironment } from '../../services/config/environment.ts';
import { openConfigured, type Variables } from './open.ts';

/** `sedd audit --pupil`: who did what about a pupil, when and from where. That it was asked is put down as well. */
export async function audit(env: Variables, options: { readonly pupil: string }): Promise<void> {
  const storage = await openConfigured(readEnvironment(env));
  try {
    const lines = await readAuditOfPupil(storage.db, options.pupil);
    await recordAudit(storage.db, {
      at: systemClock.now(),
      actorId: 'cli',
      action: 'audit.read',
      objectId: options.pupil,
      details: { pupil: options.pupil, lines: lines.length },
    });
    if (lines.length === 0) console.log('Nothing has been done about a pupil with that id.');
    for (const { at, actorName, actorId, action, conversationId, details } of lines) {
      const facts = [
        at.toString(),
        actorName ?? actorId,
        action,
        conversationId ?? '-',
        JSON.stringify(details),
      ];
      console.log(facts.join('  '));
    }
  } finally {
    await storage.close();
  }
}
