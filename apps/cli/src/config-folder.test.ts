import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findConfigFolder } from './config-folder.ts'

it.each([
  ['linux', {}, join('/home/ada', '.config', 'tend')],
  ['linux', { XDG_CONFIG_HOME: '/etc/ada' }, join('/etc/ada', 'tend')],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, join('/home/ada', '.config', 'tend')],
  ['darwin', {}, join('/home/ada', 'Library', 'Application Support', 'tend')],
  ['darwin', { XDG_CONFIG_HOME: '/etc/ada' }, join('/etc/ada', 'tend')],
  ['win32', { APPDATA: '/roaming', XDG_CONFIG_HOME: '/x' }, join('/roaming', 'tend')],
  ['win32', {}, join('/home/ada', 'AppData', 'Roaming', 'tend')],
] as const)('on %s with %o the settings are in %s', (platform, places, folder) => {
  expect(findConfigFolder(places, platform, '/home/ada')).toBe(folder)
})
