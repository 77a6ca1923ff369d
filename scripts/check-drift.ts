// Plants one of each drift in a copy of the workspace and shows that it is caught: docs/drift.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PlantedDrifts, plantedDrifts } from './planted-drifts.ts'
import { createScratchCopy, runInWorkspace } from './scratch-copy.ts'

const startedAt = performance.now()
const scratch = createScratchCopy()
try {
  const missed = plantedDrifts.flatMap(findMissed)
  const count = plantedDrifts.flatMap(({ drifts }) => drifts).length
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`${count - missed.length} of ${count} planted drifts caught in ${seconds} s`)
  process.exitCode = missed.length === 0 ? 0 : 1
} finally {
  scratch.remove()
}

/** Plants the mistakes, runs what has to catch them, and puts all back. Gives the names of those that nobody noticed. */
function findMissed(planted: PlantedDrifts): string[] {
  const putBack = planted.plantings.map(plant)
  const { status, output } = run(planted.caughtBy)
  for (const restore of putBack.reverse()) restore()
  const missed = planted.drifts.filter(({ says }) => status === 0 || !says.test(output))
  for (const drift of planted.drifts) {
    console.log(`${missed.includes(drift) ? 'NOT caught' : 'caught'}: ${drift.name}`)
  }
  if (missed.length > 0) console.error(output)
  return missed.map(({ name }) => name)
}

/** Changes a file of the copy and gives what puts it back. Throws when the place is not there any more: the planting has to follow the code. */
function plant({ file, from, to }: PlantedDrifts['plantings'][number]): () => void {
  const path = join(scratch.folder, file)
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`There is no ${from} in ${file} to plant a mistake at.`)
  writeFileSync(path, changed)
  return () => writeFileSync(path, text)
}

function run(caughtBy: PlantedDrifts['caughtBy']) {
  if ('test' in caughtBy) {
    return runInWorkspace(
      'vitest',
      ['run', ...caughtBy.test],
      join(scratch.folder, caughtBy.folder),
    )
  }
  const { files } = caughtBy
  const config = { extends: './tsconfig.base.json', compilerOptions: { types: ['node'] }, files }
  writeFileSync(join(scratch.folder, 'tsconfig.planted.json'), JSON.stringify(config))
  return runInWorkspace('tsc', ['-p', 'tsconfig.planted.json'], scratch.folder)
}
