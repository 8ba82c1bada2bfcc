import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const OFTEN_MS = 20;

/** Has memory swept all the time, as it is now and then in a process that is busy. Returns what ends that. */
export function keepSweeping(): () => void {
  setFlagsFromString('--expose-gc');
  const sweep: () => void = runInNewContext('gc');
  const timer = setInterval(sweep, OFTEN_MS);
  return () => clearInterval(timer);
}
