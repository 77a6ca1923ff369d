// `node build/draw-icons.ts`, in apps/web: draws the icons anew after the mark has changed. The SVGs are written from
// the mark's one path; the bitmaps, for systems that take no SVG, are taken of them by the browser of the tests.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { readEnvironment } from '../../../scripts/env.ts'
import { findBrowser } from '../../../scripts/find-browser.ts'
import { TICK_PATH } from '../src/components/ui/tick-path.ts'

const moss = '#2f7a4b'
const paper = '#fdfcf9'

/** The mark in a square of 24: a round one that fills it, or one on moss that may be cut to any shape. */
function drawMark(shape: 'round' | 'square'): string {
  const ground =
    shape === 'round'
      ? `<circle cx="12" cy="12" r="11" fill="${moss}"/>`
      : `<path d="M0 0h24v24H0z" fill="${moss}"/>`
  const stroke = `fill="none" stroke="${paper}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><title>Tend</title>${ground}<path d="${TICK_PATH}" ${stroke}/></svg>\n`
}

const web = join(import.meta.dirname, '..')
const browser = await chromium.launch({
  executablePath: findBrowser(readEnvironment()),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

async function takeBitmap(svg: string, size: number, path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await page.setContent(
    `<body style="margin:0"><img src="${source}" style="display:block;width:100vw"></body>`,
  )
  await page.screenshot({ path: join(web, path), omitBackground: true })
  await page.close()
}

const round = drawMark('round')
const square = drawMark('square')
await writeFile(join(web, 'src/app/icon.svg'), round)
await writeFile(join(web, 'public/icons/icon.svg'), round)
await writeFile(join(web, 'public/icons/maskable.svg'), square)
await takeBitmap(round, 192, 'public/icons/icon-192.png')
await takeBitmap(round, 512, 'public/icons/icon-512.png')
await takeBitmap(square, 512, 'public/icons/maskable-512.png')
await takeBitmap(square, 180, 'src/app/apple-icon.png')
await browser.close()
