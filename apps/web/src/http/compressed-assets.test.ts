import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCompressedAssets, sendCompressedAsset } from './compressed-assets.ts'
import { listenLocally } from './test-raw-request.ts'

const script = 'console.log("tend")'

let folder: string
let server: Server
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tend-assets-'))
  await mkdir(join(folder, 'chunks'))
  await writeFile(join(folder, 'chunks', 'page.js'), script)
  await writeFile(join(folder, 'chunks', 'page.js.br'), brotliCompressSync(script))
  await writeFile(join(folder, 'chunks', 'other.js'), script)
  const assets = await readCompressedAssets(folder)
  server = createServer((request, response) => {
    if (!sendCompressedAsset(assets, request, response)) response.end('by Next.js')
  })
  url = `http://127.0.0.1:${await listenLocally(server)}`
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

function get(path: string, encoding: string): Promise<Response> {
  return fetch(url + path, { headers: { 'accept-encoding': encoding } })
}

it('sends the brotli variant to who takes it, to be kept for ever', async () => {
  const answer = await get('/_next/static/chunks/page.js', 'gzip, deflate, br, zstd')
  expect(answer.headers.get('content-encoding')).toBe('br')
  expect(answer.headers.get('content-type')).toBe('application/javascript; charset=UTF-8')
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(answer.headers.get('vary')).toBe('Accept-Encoding')
  expect(await answer.text()).toBe(script)
})

it.each(['gzip', 'identity', 'br;q=0', 'br; q=0.0', 'brotli'])(
  'leaves a request with "Accept-Encoding: %s" to Next.js',
  async (encoding) => {
    const answer = await get('/_next/static/chunks/page.js', encoding)
    expect(await answer.text()).toBe('by Next.js')
  },
)

it.each([
  '/_next/static/chunks/other.js',
  '/_next/static/chunks/page.js.br',
  '/_next/static/chunks/../chunks/page.js.br',
  '/_next/static/%2e%2e/package.json',
  '/',
])('leaves %s to Next.js, for which there is no such variant', async (path) => {
  expect(await (await get(path, 'br')).text()).toBe('by Next.js')
})
