import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workspaceRoot } from './env.ts'
import { createScratchCopy, runInWorkspace, type ScratchCopy } from './scratch-copy.ts'

// Milliseconds; seconds on an idle machine.
const CHECK_TIME = 600_000

function check(folder: string, ...steps: string[]) {
  return runInWorkspace(process.execPath, ['scripts/check.ts', ...steps], folder)
}

it('passes on the code as it is', { timeout: CHECK_TIME }, () => {
  const { status, output } = check(workspaceRoot)
  expect(output).toContain('All checks passed.')
  expect(status).toBe(0)
})

describe('the check fails on a planted violation:', () => {
  let scratch: ScratchCopy

  beforeAll(() => {
    scratch = createScratchCopy()
  })

  afterAll(() => scratch.remove())

  it.each([
    {
      violation: 'an import of one app by another',
      step: 'arrows',
      file: 'apps/api/src/planted.ts',
      code: "import '../../web/src/env.ts'\n",
      says: 'apps-know-no-other-app: apps/api/src/planted.ts',
    },
    {
      violation: 'a package that an app has no business with',
      step: 'arrows',
      file: 'apps/api/src/planted.ts',
      code: "import '../../../packages/quick-add/src/calendar-day.ts'\n",
      says: 'api-knows-three-packages: apps/api/src/planted.ts',
    },
    {
      violation: 'an import of one feature by another',
      step: 'arrows',
      file: 'apps/web/src/features/account/planted.ts',
      code: "import '../tasks/data/count-tasks.ts'\n",
      says: 'no-feature-imports-another: apps/web/src/features/account/planted.ts',
    },
    {
      violation: 'something of Node in the contract',
      step: 'arrows',
      file: 'packages/contracts/src/planted.ts',
      code: "import 'node:fs'\n",
      says: 'contracts-stand-alone: packages/contracts/src/planted.ts',
    },
    {
      violation: 'a cycle',
      step: 'arrows',
      file: 'packages/runtime/src/planted.ts',
      code: "import './planted.ts'\n",
      says: 'no-cycles',
    },
    {
      violation: 'ts-rest outside the contract and its adapters',
      step: 'arrows',
      file: 'apps/api/src/planted.ts',
      code: "import '@ts-rest/core'\n",
      says: 'ts-rest-stays-at-the-edge',
    },
    {
      violation: 'process.env outside env.ts',
      step: 'lint',
      file: 'apps/api/src/planted.ts',
      code: 'export const home = process.env.HOME\n',
      says: 'noProcessEnv',
    },
    {
      violation: 'an unused export',
      step: 'unused',
      file: 'packages/runtime/src/planted.ts',
      code: 'export const unused = 1\n',
      says: 'planted.ts',
    },
  ])('$violation', { timeout: CHECK_TIME }, ({ step, file, code, says }) => {
    const path = join(scratch.folder, file)
    writeFileSync(path, code)
    try {
      const { status, output } = check(scratch.folder, step)
      expect(output).toContain(says)
      expect(status).toBe(1)
    } finally {
      rmSync(path)
    }
    const clean = check(scratch.folder, step)
    expect(clean, clean.output).toMatchObject({ status: 0 })
  })
})
