import { SingleBar } from 'cli-progress';

/** Shows how far a run is. */
export interface Progress {
  tell(done: number, all: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** Milliseconds that a run may take before anybody wonders. */
const PATIENCE = 1000;

/** A bar on a terminal, drawn only when a run takes long. */
export function progressOn(screen: NodeJS.WritableStream, clock: () => number): Progress {
  const start = clock();
  let bar: SingleBar | undefined;
  return {
    tell(done, all) {
      if (clock() - start < PATIENCE || done >= all) return;
      bar ??= drawn(screen, all, done);
      bar.setTotal(all);
      bar.update(done);
    },
    end() {
      bar?.stop();
    },
  };
}

function drawn(screen: NodeJS.WritableStream, all: number, done: number): SingleBar {
  const bar = new SingleBar({
    stream: screen,
    format: '{bar} {value} of {total} files',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    clearOnComplete: true,
    // The compiler's answers are waited for without a turn of the event loop, so no timer would draw.
    synchronousUpdate: true,
    // An interrupt ends the process at once, as it does without a bar: nothing may be left to be put right.
    gracefulExit: false,
    linewrap: true,
  });
  bar.start(all, done);
  return bar;
}
