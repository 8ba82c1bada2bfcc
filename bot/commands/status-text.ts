import { FAILURE_DAYS, type StatusReport } from '../status-report.ts';

/** The report as whoever runs Sedd reads it: what ran, and then what somebody may have to see to. */
export function statusText(report: StatusReport): string {
  return [runsText(report), heldText(report), deliveryText(report)].join('\n\n');
}

function runsText({ runs, failed, failures }: StatusReport): string {
  if (runs.length === 0) return 'Nothing has run yet.';
  return [
    `Runs of the last ${FAILURE_DAYS} days that failed: ${failed}`,
    ...failures.map(runText),
    ...(failed > failures.length ? [`  and ${failed - failures.length} before these`] : []),
    '',
    'Last runs',
    ...runs.map(runText),
  ].join('\n');
}

function runText({ day, schoolId, job, state, finishedAt, note }: StatusReport['runs'][number]): string {
  return `  ${day}  ${schoolId.padEnd(24)}  ${job.padEnd(9)}  ${state.padEnd(8)}  ${finishedAt ?? ''}  ${note ?? ''}`.trimEnd();
}

function heldText({ held }: StatusReport): string {
  const lines = held.map(({ what, schoolId, day, reasons, canBeAsked }) => {
    const asked = canBeAsked
      ? 'the coordinator is asked'
      : 'nobody can be asked: see the coordinator’s channel';
    return `  ${day}  ${schoolId.padEnd(24)}  ${what.padEnd(9)}  ${reasons.join(', ')}; ${asked}`;
  });
  return [`Held mornings and readings: ${held.length}`, ...lines].join('\n');
}

function deliveryText(report: StatusReport): string {
  const { waiting, givenUp, broken, suspectedTwins, twinsToDelete } = report;
  const where = ({
    boundTo,
    conversationId,
  }: StatusReport['broken'][number] | StatusReport['givenUp'][number]) =>
    `  ${conversationId}  ${boundTo === '' ? 'not bound' : boundTo}`;
  return [
    `Cards that wait: ${waiting}`,
    `Cards that were given up: ${givenUp.reduce((sum, { posts }) => sum + posts, 0)}`,
    ...givenUp.map((one) => `${where(one)}  ${one.code}  ${one.posts}`),
    `Conversations that cannot be posted to: ${broken.length}`,
    ...broken.map((one) => `${where(one)}  ${one.code}  since ${one.since ?? '?'}`),
    `Copies that may exist after a posting in doubt: ${suspectedTwins}; found and not deleted yet: ${twinsToDelete}`,
  ].join('\n');
}
