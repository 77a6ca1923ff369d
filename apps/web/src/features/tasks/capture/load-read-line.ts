import { loadPart } from '../../../api/load-part.ts'

/** Loads what reads dates, priorities and labels; it is too much for the first load of the page. */
export const loadReadLine = loadPart(async () => (await import('./read-line.ts')).readLine)
