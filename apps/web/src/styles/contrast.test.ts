import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { paperColors } from '../components/theme/theme.ts'

type Oklch = [lightness: number, chroma: number, hue: number]

const tokens = readTokens()

/** Every opaque pair of `--name: light-dark(oklch(…), oklch(…))` in tokens.css. */
function readTokens(): Map<string, { light: Oklch; dark: Oklch }> {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
  const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`
  const pairs = css.matchAll(new RegExp(`--([a-z-]+): light-dark\\(${colour}, ${colour}\\)`, 'g'))
  return new Map(
    Array.from(pairs, ([, name = '', ...numbers]) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers.map(Number)
      return [name, { light: [a, b, c], dark: [d, e, f] }] as const
    }),
  )
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour, clipped to sRGB as screens do. */
function luminanceOf([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(theme: 'light' | 'dark', front: string, back: string): number {
  const [one, other] = [front, back].map((name) => {
    const token = tokens.get(name)
    if (token === undefined) throw new Error(`tokens.css has no opaque colour --${name}`)
    return luminanceOf(token[theme])
  })
  const [high = 0, low = 0] = [one, other].toSorted((x = 0, y = 0) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const surfaces = ['paper', 'paper-sunk', 'paper-raised', 'selected']
const texts = ['ink', 'ink-muted', 'accent', 'accent-strong', 'danger']
const controls = ['line-control', 'accent', 'danger', 'warn', 'focus']
const pairsOf = (fronts: string[]) =>
  fronts.flatMap((front) => surfaces.map((back) => [front, back]))

const textPairs = [
  ...pairsOf(texts),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['danger-ink', 'danger'],
  ['danger-ink', 'danger-strong'],
  ['paper', 'ink'],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(textPairs)('text in %s on %s has a contrast of at least 4.5', (front = '', back = '') => {
    expect(contrastOf(theme, front, back)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairsOf(controls))(
    'a control in %s on %s has a contrast of at least 3',
    (front = '', back = '') => {
      expect(contrastOf(theme, front, back)).toBeGreaterThanOrEqual(3)
    },
  )
})

it('computes the contrast of black on white as 21', () => {
  expect((luminanceOf([1, 0, 0]) + 0.05) / (luminanceOf([0, 0, 0]) + 0.05)).toBeCloseTo(21, 1)
})

it.each(['light', 'dark'] as const)('browsers show the %s paper around the page', (theme) => {
  const channels = paperColors[theme].match(/[0-9a-f]{2}/g) ?? []
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const value = Number.parseInt(channel, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const paper = tokens.get('paper')?.[theme] ?? [0, 0, 0]
  expect(0.2126 * red + 0.7152 * green + 0.0722 * blue).toBeCloseTo(luminanceOf(paper), 2)
})
