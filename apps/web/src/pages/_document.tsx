import NextDocument, {
  type DocumentContext,
  type DocumentInitialProps,
  Head,
  Html,
  Main,
  NextScript,
} from 'next/document'
import { site } from '../components/site.ts'
import { followThemeSwitch } from '../components/theme/follow-theme-switch.ts'
import { showTheme, themeSettings } from '../components/theme/show-theme.ts'
import { describePaper, readThemeCookie, type Theme } from '../components/theme/theme.ts'
import { writeScript } from '../components/write-script.ts'
import { followSamples } from '../features/tasks/list/follow-samples.ts'
import { describeLeft, sampleIds } from '../features/tasks/list/sample-tasks.tsx'
import { readNonce } from '../http/content-security-policy.ts'
import { faces } from '../styles/fonts.ts'

type OwnProps = { theme: Theme; nonce: string | undefined }

/** All there is of scripts. It stands here because nothing of the document is rendered in the browser again, as pages are in development. */
const script =
  writeScript(followThemeSwitch, showTheme, themeSettings) +
  writeScript(followSamples, sampleIds, describeLeft)

export default class Document extends NextDocument<OwnProps> {
  static override async getInitialProps(
    context: DocumentContext,
  ): Promise<DocumentInitialProps & OwnProps> {
    const { req: request } = context
    const policy = request?.headers['content-security-policy']
    return {
      ...(await NextDocument.getInitialProps(context)),
      theme: readThemeCookie(request?.headers.cookie),
      nonce: typeof policy === 'string' ? readNonce(policy) : undefined,
    }
  }

  override render() {
    const { theme, nonce } = this.props
    const nonceProps = nonce === undefined ? {} : { nonce }
    return (
      <Html lang="en" className={faces} data-theme={theme === 'system' ? undefined : theme}>
        <Head {...nonceProps}>
          {describePaper(theme).map(({ media, color }) => (
            <meta key={media} name="theme-color" content={color} media={media} />
          ))}
          <meta name="application-name" content={site.name} />
          <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
          <meta name="mobile-web-app-capable" content="yes" />
          <meta name="apple-mobile-web-app-title" content={site.name} />
          <meta name="apple-mobile-web-app-status-bar-style" content="default" />
          <link rel="manifest" href="/manifest.webmanifest" />
          <link rel="icon" href="/icon.svg" sizes="any" type="image/svg+xml" />
          <link rel="apple-touch-icon" href="/apple-icon.png" sizes="180x180" type="image/png" />
        </Head>
        <body>
          <Main />
          {nonce !== undefined && (
            <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />
          )}
          <NextScript {...nonceProps} />
        </body>
      </Html>
    )
  }
}
