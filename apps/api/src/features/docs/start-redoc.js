// Shows /openapi.json with Redoc, in the colours of Tend. Runs in browsers, beside Redoc's own file.
const light = {
  paper: '#fbfaf7',
  sunk: '#f4f3ee',
  ink: '#1f2521',
  muted: '#4c544e',
  line: '#dedfd9',
  accent: '#1d653c',
  danger: '#b5392e',
  warn: '#8f5b00',
  code: '#1c221e',
  codeInk: '#e9e8e3',
}
const dark = {
  paper: '#121614',
  sunk: '#191e1b',
  ink: '#e9e8e3',
  muted: '#a3aaa4',
  line: '#2c332f',
  accent: '#7cc797',
  danger: '#f08a7d',
  warn: '#e0b05f',
  code: '#0c0f0d',
  codeInk: '#e9e8e3',
}

const darkness = matchMedia('(prefers-color-scheme: dark)')
darkness.addEventListener('change', () => location.reload())

function createTheme(colors) {
  const sans = 'system-ui, sans-serif'
  const tone = (color, tabTextColor) => ({ color, backgroundColor: colors.sunk, tabTextColor })
  return {
    colors: {
      primary: { main: colors.accent },
      success: { main: colors.accent },
      warning: { main: colors.warn },
      error: { main: colors.danger },
      gray: { 50: colors.sunk, 100: colors.line },
      text: { primary: colors.ink, secondary: colors.muted },
      border: { dark: colors.line, light: colors.line },
      responses: {
        success: tone(colors.accent, dark.accent),
        error: tone(colors.danger, dark.danger),
        redirect: tone(colors.muted, dark.muted),
        info: tone(colors.muted, dark.muted),
      },
      http: {
        get: '#2f6f9f',
        post: '#2b7a4b',
        put: '#8f5b00',
        patch: '#8f5b00',
        delete: '#b5392e',
      },
    },
    schema: {
      nestedBackground: colors.sunk,
      linesColor: colors.muted,
      typeNameColor: colors.muted,
      typeTitleColor: colors.ink,
      requireLabelColor: colors.danger,
      arrow: { color: colors.muted },
    },
    typography: {
      fontSize: '15px',
      fontFamily: sans,
      headings: { fontFamily: sans, fontWeight: '600' },
      code: { backgroundColor: colors.sunk, color: colors.ink, fontSize: '13px' },
      links: { color: colors.accent, visited: colors.accent, hover: colors.ink },
    },
    sidebar: {
      backgroundColor: colors.sunk,
      textColor: colors.ink,
      activeTextColor: colors.accent,
    },
    rightPanel: { backgroundColor: colors.code, textColor: colors.codeInk },
    codeBlock: { backgroundColor: '#050706' },
  }
}

Redoc.init(
  '/openapi.json',
  {
    theme: createTheme(darkness.matches ? dark : light),
    // Search runs in a worker that Redoc makes from text, which the page's policy does not allow.
    disableSearch: true,
    nativeScrollbars: true,
    // The patterns of dates are long and say nothing that their format does not.
    hideSchemaPattern: true,
    sortRequiredPropsFirst: true,
    expandResponses: '200,201',
  },
  document.getElementById('docs'),
)
