import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from './markdown.tsx'

const render = (source: string) => renderToStaticMarkup(<Markdown source={source} />)

/** Every element of the markup with its attributes, the classes aside. */
const elementsOf = (html: string) =>
  Array.from(html.matchAll(/<([a-z][^>]*)>/gi), (match) =>
    (match[1] ?? '').replaceAll(/ class="[^"]*"/g, ''),
  )

describe('attacks by Markdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    'text <a href="javascript:alert(1)" onclick="alert(1)">press</a> text',
    '<style>*{display:none}</style>',
    '<form action="https://evil.example"><input name=password></form>',
    '<!-- --><base href="https://evil.example">',
    '<p id="task-panel">\n\n**bold**',
    '<div\nonmouseover="alert(1)">',
    '`<script>alert(1)</script>`',
    '```html"><script>alert(1)</script>\n<b>\n```',
    '# <img src=x onerror=alert(1)>',
    '| <script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | </td></tr></table><script> |',
    '[^x]\n\n[^x]: <script>alert(1)</script>',
  ])('raw HTML stays text: %s', (source) => {
    for (const element of elementsOf(render(source))) {
      expect(element).toMatch(
        /^(p|h3|pre|code|strong|a|div|span|table|thead|tbody|tr|th|td)( (href|target|rel|dir|scope|tabindex|role|aria-label)="[^"]*")*$/,
      )
    }
    expect(render(source)).not.toMatch(/<(script|img|svg|iframe|style|form|input|base|b)\b/i)
  })

  it.each([
    '[press](javascript:alert(1))',
    '[press](JaVaScRiPt:alert(1))',
    '[press](java\u0000script:alert(1))',
    '[press](&#106;avascript:alert(1))',
    '[press](<java\tscript:alert(1)>)',
    '[press](data:text/html,<script>alert(1)</script>)',
    '[press](vbscript:msgbox(1))',
    '[press](file:///etc/passwd)',
    '[press](blob:https://tend.example/1)',
    '[press](//evil.example)',
    '[press](/settings)',
    '[press](?task=1)',
    '[press](#top)',
    '[press][1]\n\n[1]: javascript:alert(1)',
    '[press][__proto__]\n\n[__proto__]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '![press](javascript:alert(1))',
  ])('a link that leads nowhere safe is text alone: %s', (source) => {
    const html = render(source)
    expect(html).not.toContain('<a')
    expect(html).not.toContain('href')
    expect(html).toMatch(/press|javascript:alert/)
  })

  it('a link opens another page, which learns nothing and gets no weight from ours', () => {
    expect(elementsOf(render('[press](https://example.org/a?b=1&c="x")'))).toContain(
      'a href="https://example.org/a?b=1&amp;c=%22x%22" target="_blank" rel="noopener noreferrer nofollow"',
    )
  })

  it.each([
    ['http://example.org', 'http://example.org/'],
    ['www.example.org', 'http://www.example.org/'],
    ['<https://example.org>', 'https://example.org/'],
    ['[write](mailto:ada@example.org)', 'mailto:ada@example.org'],
    ['ada@example.org', 'mailto:ada@example.org'],
    ['[a][b]\n\n[b]: https://example.org', 'https://example.org/'],
    ['[e](https://exämple.org/ä)', 'https://xn--exmple-cua.org/%C3%A4'],
  ])('%s leads to %s', (source, href) => {
    expect(render(source)).toContain(`href="${href}"`)
  })

  it('an image is not loaded: a link to it stands in its place', () => {
    const html = render('![a fern](https://example.org/fern.png "big")')
    expect(html).not.toContain('<img')
    expect(html).toContain('href="https://example.org/fern.png"')
    expect(html).toContain('a fern')
  })

  it.each([
    ['quotes', '> '.repeat(5000)],
    ['fewer quotes', '> '.repeat(990)],
    ['less strong', `${'**'.repeat(245)}a${'**'.repeat(245)}`],
    ['fewer brackets', '['.repeat(990)],
    ['lists', '- '.repeat(5000)],
    ['emphasis', `${'*a '.repeat(3333)}`],
    ['strong', `${'**'.repeat(2500)}a${'**'.repeat(2500)}`],
    ['brackets', '['.repeat(10_000)],
    ['links', `${'['.repeat(2000)}a${'](x)'.repeat(2000)}`],
    ['backticks', Array.from({ length: 140 }, (_, n) => '`'.repeat(n)).join(' ')],
    ['strikes', '~'.repeat(10_000)],
    ['tables', `${'|'.repeat(3000)}\n${'|-'.repeat(3000)}`],
    ['addresses', 'www.'.repeat(2500)],
    ['footnotes', '[^a]'.repeat(2500)],
    ['HTML', '<a '.repeat(3333)],
    ['entities', '&#x41;'.repeat(1600)],
  ])('ten thousand characters of %s end the page neither by depth nor by time', (_name, source) => {
    // Of this process alone: the machine may be busy with others.
    const before = process.cpuUsage()
    expect(() => render(source)).not.toThrow()
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(2000)
  })
})

describe('notes in Markdown', () => {
  it('keep the lines as they were written', () => {
    expect(render('one\ntwo\n\nthree')).toMatch(/<p[^>]*>one\ntwo<\/p><p[^>]*>three<\/p>/)
  })

  it('have emphasis, code, lists, quotes, rules and headings of one level', () => {
    const html = render(
      '# H\n\n**b** *i* ~~s~~ `c`\n\n> q\n\n---\n\n3. x\n4. y\n\n- [x] done\n- [ ] open\n\n```\nk\n```',
    )
    const names = elementsOf(html).map((element) => element.split(/[ /]/)[0])
    for (const name of ['h3', 'strong', 'em', 'del', 'code', 'blockquote', 'hr', 'ol', 'ul', 'pre'])
      expect(names).toContain(name)
    expect(html).toContain('<ol start="3"')
    expect(html).toContain('aria-label="done"')
    expect(html).toContain('aria-label="not done"')
  })

  it('show each paragraph in the direction of its own script', () => {
    expect(render('קנה חלב')).toContain('dir="auto"')
  })
})
