// Checks which part imports which (.dependency-cruiser.mjs), and that the check saw the code at all.
import { spawnSync } from 'node:child_process'
import { z } from 'zod'

/** Far fewer modules than the project has; fewer than this means that the tool read nothing. */
const FEWEST_MODULES = 50

const reportSchema = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
})

const folders = process.argv.slice(2)
const { stdout, stderr, error } = spawnSync(
  'depcruise',
  ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders],
  { encoding: 'utf8', maxBuffer: 2 ** 28, shell: process.platform === 'win32' },
)
if (error || stdout === '') {
  console.error(error?.message ?? stderr)
  process.exit(1)
}
const { summary } = reportSchema.parse(JSON.parse(stdout))
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`)
console.log(`${summary.totalCruised} modules, ${summary.violations.length} violations`)
if (summary.totalCruised < FEWEST_MODULES) {
  console.error(`At least ${FEWEST_MODULES} modules were expected: the check did not see the code.`)
}
process.exit(summary.violations.length > 0 || summary.totalCruised < FEWEST_MODULES ? 1 : 0)
