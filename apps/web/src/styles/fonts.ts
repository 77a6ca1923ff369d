import localFont from 'next/font/local'

// Latin is preloaded and has a fallback of the same metrics, so nothing moves when it arrives. The extended faces
// carry the further letters of Latin scripts and are fetched only by pages that show one.

const sans = localFont({
  src: '../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
  variable: '--face-sans',
  weight: '400 700',
  display: 'swap',
  adjustFontFallback: 'Arial',
})

const sansExtended = localFont({
  src: '../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-ext-wght-normal.woff2',
  variable: '--face-sans-extended',
  weight: '400 700',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
})

const serif = localFont({
  src: '../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  variable: '--face-serif',
  weight: '200 800',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
})

/** The class that gives a page the variables of its faces: `--face-sans`, `--face-sans-extended`, `--face-serif`. */
export const faces = `${sans.variable} ${sansExtended.variable} ${serif.variable}`
