import { emitKeypressEvents } from 'node:readline';
import type { DemoClock } from './clock.ts';
import { shownTime } from './controls.ts';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Space holds the clock and lets it go, n moves it on; only where somebody sits at a terminal. Returns how to let go. */
export function listenToKeys(clock: DemoClock): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  const onKey = (_text: string, key: Key) => {
    if (key.ctrl === true && key.name === 'c') process.kill(process.pid, 'SIGINT');
    if (key.name === 'space') clock.isHeld ? clock.resume() : clock.hold();
    if (key.name === 'n') clock.step({ minutes: 5 });
    if (key.name === 'space' || key.name === 'n')
      console.log(`${shownTime(clock)}${clock.isHeld ? ' (står stilla)' : ''}`);
  };
  stdin.on('keypress', onKey);
  return () => {
    stdin.off('keypress', onKey);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
