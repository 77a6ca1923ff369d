#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// What Node has compiled once it keeps for the next start, which then takes half as long. So the rest is loaded after this line.
enableCompileCache()
const { run } = await import('./run.ts')
await run()
