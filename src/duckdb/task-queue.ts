/** One task at a time, in order. */
export interface TaskQueue {
  add<T>(task: () => Promise<T>): Promise<T>;
  /**
   * Runs a task; calls that come while it waits for its turn share it. What began before a call is not
   * shared.
   */
  join<O extends { signal?: AbortSignal }, T>(options: O, task: (options: O) => Promise<T>): Promise<T>;
  idle(): Promise<void>;
}

export function taskQueue(): TaskQueue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Promise<unknown> | undefined;

  const add = <T>(task: () => Promise<T>): Promise<T> => {
    const run = last.then(task, task);
    last = run.catch(() => {}); // whoever added it hears of it
    return run;
  };

  return {
    add,
    join<O extends { signal?: AbortSignal }, T>(options: O, task: (options: O) => Promise<T>): Promise<T> {
      // With a signal or a progress of its own, a call is a task of its own.
      if (Object.keys(options).length > 0) return add(() => task(options));
      waiting ??= add(() => {
        waiting = undefined;
        return task(options);
      });
      return waiting as Promise<T>;
    },
    async idle() {
      await last;
    },
  };
}
