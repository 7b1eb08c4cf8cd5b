/**
 * A disk that has not answered a call by then, in milliseconds, is taken for gone: a network disk may be
 * silent for ever.
 */
const longestWait = 60_000;

/**
 * What a call to the system comes to. @throws where there is no answer in time; the call itself cannot be
 * ended
 */
export async function inTime<T>(call: Promise<T>, milliseconds = longestWait): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Error(
            `the disk has not answered within ${Math.round(milliseconds / 1000)} s; see whether it is still mounted`,
          ),
        ),
      milliseconds,
    );
  });
  try {
    return await Promise.race([call, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
