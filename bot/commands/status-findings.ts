import { FAILURE_DAYS, type StatusReport } from '../status-report.ts';
import type { Finding } from './finding.ts';

/** What a status says that somebody has to see to. */
export function statusFindings(report: StatusReport): readonly Finding[] {
  return [channels(report), mornings(report), runs(report), ...groups(report)];
}

function channels({ broken, givenUp }: StatusReport): Finding {
  const what = 'Channels';
  const given = givenUp.reduce((sum, { posts }) => sum + posts, 0);
  if (broken.length > 0) {
    const list = broken.map((one) => `  - ${one.boundTo || 'not bound'}, ${one.conversationId}: ${one.code}`);
    const told = `${broken.length} cannot be posted to. Add the app there again, or take the channel out of the municipality file`;
    return { what, state: 'failed', told: [told, ...list].join('\n') };
  }
  if (given === 0) return { what, state: 'ok', told: 'every one that was tried can be posted to' };
  const told = `${given} cards were given up; "sedd status" tells where and why. They are tried again when there is something new to show`;
  return { what, state: 'look', told };
}

function mornings({ held }: StatusReport): Finding {
  const what = 'Mornings';
  const [unasked] = held.filter(({ canBeAsked }) => !canBeAsked);
  if (unasked !== undefined) {
    const { schoolId, day, reasons } = unasked;
    const told = `the ${unasked.what} of ${schoolId} on ${day} is held (${reasons.join(', ')}) and nobody can be asked. Write @Sedd koppla närvarokoordinator in a channel that Sedd can post to, or name it under schools[].channels.coordinator`;
    return { what, state: 'failed', told };
  }
  return held.length === 0
    ? { what, state: 'ok', told: 'none is held' }
    : { what, state: 'look', told: `${held.length} held, until their coordinators say so` };
}

function runs({ runs: all, failed, failures }: StatusReport): Finding {
  const what = 'Runs';
  if (all.length === 0) return { what, state: 'look', told: 'none has run yet: is "sedd serve" running?' };
  const [last] = failures;
  return last === undefined
    ? { what, state: 'ok', told: `none has failed in the last ${FAILURE_DAYS} days` }
    : {
        what,
        state: 'look',
        told: `${failed} failed in the last ${FAILURE_DAYS} days, the last one ${last.job} of ${last.schoolId} on ${last.day} (${last.note ?? 'unknown'}); the log tells more`,
      };
}

/** Cards go where group and channel meet: a name that is spelt in two ways reaches nobody. */
function groups({ groupsWithoutChannel, channelsWithoutGroup }: StatusReport): readonly Finding[] {
  const without = groupsWithoutChannel.map(
    ({ schoolId, groups: names }): Finding => ({
      what: `Groups of ${schoolId}`,
      state: 'look',
      told: `no channel for ${names.join(', ')}. Write @Sedd koppla and the group’s name in its channel, or name it under channels.mentorGroups`,
    }),
  );
  const unknown = channelsWithoutGroup.map(
    ({ schoolId, groups: names }): Finding => ({
      what: `Channels of ${schoolId}`,
      state: 'look',
      told: `the student system has no mentor group called ${names.join(', ')}. Spell them under channels.mentorGroups as it does, or write @Sedd koppla bort and the name in a channel that was bound in Teams`,
    }),
  );
  return [...without, ...unknown];
}
