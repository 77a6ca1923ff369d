import { buildWeb } from '@tend/bench/build-web'
import { programEnvironment } from './env.ts'

/** For `globalSetup`: builds the web app, through turbo's cache. */
export function setup(): void {
  buildWeb(programEnvironment())
}
