/**
 * The text of a script that calls a function: the function's own text, and its arguments as JSON or, for functions, as
 * their text. None of them may use anything from outside itself, which is not in the page.
 */
export function writeScript<Arguments extends unknown[]>(
  run: (...given: Arguments) => void,
  ...given: Arguments
): string {
  return `(${run})(${given.map(writeArgument).join()});`
}

function writeArgument(given: unknown): string {
  // Nothing in a string may end the script.
  return typeof given === 'function' ? `${given}` : JSON.stringify(given).replaceAll('<', '\\u003c')
}
