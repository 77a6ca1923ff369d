// After `next build`: writes beside each script and style sheet what brotli makes of it at its best, which is too slow
// to be done for each request. A page's JavaScript gets a seventh smaller than with gzip.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

const folder = join(import.meta.dirname, '..', '.next', 'static')
const names = await readdir(folder, { recursive: true })

await Promise.all(
  names
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map(async (name) => {
      const path = join(folder, name)
      await writeFile(`${path}.br`, await promisify(brotliCompress)(await readFile(path)))
    }),
)
