import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

type Places = { XDG_CONFIG_HOME?: string | undefined; APPDATA?: string | undefined }

/** Where the platform keeps the settings of a program (XDG Base Directory Specification; %APPDATA%; Application Support). */
export function findConfigFolder(
  { XDG_CONFIG_HOME, APPDATA }: Places,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (platform === 'win32') return join(APPDATA ?? join(home, 'AppData', 'Roaming'), 'tend')
  // A relative path is invalid and to be ignored, says the specification.
  if (XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)) return join(XDG_CONFIG_HOME, 'tend')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'tend')
  return join(home, '.config', 'tend')
}
