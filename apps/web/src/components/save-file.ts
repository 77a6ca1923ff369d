/** Hands a file to the person, as if they had followed a link to it. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; without this the page would keep all of it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
