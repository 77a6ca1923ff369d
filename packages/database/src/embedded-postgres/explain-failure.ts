/** Makes one sentence of what PostgreSQL's programs printed, or a system error said, when they failed in `place`. */
export function explainFailure(place: string, output: string): string {
  if (
    /No space left on device|ENOSPC|not enough space on the disk|Disk quota exceeded|EDQUOT|disk is full/i.test(
      output,
    )
  ) {
    return `There is no disk space left for the database in ${place}: free at least 200 MB, then start again.`
  }
  if (/Read-only file system|EROFS/i.test(output)) {
    return `The database cannot be kept in ${place}, which is read-only: set DATA_DIR to another folder.`
  }
  if (
    /Permission denied|EACCES|EPERM|Operation not permitted|unable to open database|readonly database/i.test(
      output,
    )
  ) {
    return `The database in ${place} cannot be used for lack of permission (${findReason(output)}): start as the user who owns the folder, or set DATA_DIR to another one.`
  }
  return `The database in ${place} did not start: ${findReason(output)}.`
}

/** The line that says most: the last FATAL or PANIC of a log, an "error:" of a program, or the last line of all. */
function findReason(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '')
  const telling =
    lines.findLast((line) => /FATAL|PANIC|error:|could not/.test(line)) ?? lines.at(-1)
  if (telling === undefined) return 'it gave no reason'
  return telling
    .replace(/^.*?(?:FATAL|PANIC|ERROR|error):\s*/, '')
    .trim()
    .replace(/\.$/, '')
}
