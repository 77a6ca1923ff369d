import type { ReactNode } from 'react'
import { NotebookSheet } from '../../components/notebook-sheet.tsx'
import { buttonClass } from '../../components/ui/button.tsx'
import { Wordmark } from '../../components/wordmark.tsx'

const facts = [
  {
    name: 'Yours',
    text: 'It runs on your own machine, with its own database. Nothing is sent anywhere else.',
  },
  {
    name: 'Quick',
    text: 'The list answers before the server does, and tells you plainly when something did not work.',
  },
  {
    name: 'Open',
    text: 'Every route has a typed contract, so your own apps can use the same tasks. MIT licence.',
  },
]

type LandingPageProps = {
  isSignedIn: boolean
  /** Whether the visitor has just deleted their account. */
  isFarewell: boolean
  samples: ReactNode
  themeSwitch: ReactNode
}

/** The page that says what Tend is. */
export function LandingPage({ isSignedIn, isFarewell, samples, themeSwitch }: LandingPageProps) {
  return (
    <NotebookSheet>
      <header className="flex items-center justify-between gap-2 pt-3">
        <Wordmark />
        <nav aria-label="Account" className="flex items-center gap-1">
          <Ways isSignedIn={isSignedIn} isQuiet />
        </nav>
      </header>
      <main>
        {isFarewell && <Farewell />}
        <div className="pt-[clamp(3rem,9vh,7rem)] pb-14 pl-(--text-edge)">
          <h1 className="text-balance font-serif text-headline tracking-[-0.025em]">
            Look after things,
            <br />
            one at a time.
          </h1>
          <p className="max-w-[34rem] pt-5 text-ink-muted text-title leading-normal!">
            Tend is a task list that stays out of the way. Write down what needs doing, tick it off,
            and keep all of it on your own server.
          </p>
          <div className="flex flex-wrap gap-2 pt-7">
            <Ways isSignedIn={isSignedIn} />
          </div>
        </div>
        {samples}
        <p className="pt-3 pl-(--text-edge) text-ink-muted text-meta">
          This is the list itself. Tick something; here it is forgotten when you leave.
        </p>
        <Facts />
        <RunItYourself />
      </main>
      <footer className="mt-20 ml-(--text-edge) flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-t py-6 text-ink-muted text-meta">
        <p>Tend, a task list you host yourself. MIT licence.</p>
        {/* Nothing can be chosen without the page's script. */}
        <div className="flex noscript:hidden">{themeSwitch}</div>
      </footer>
    </NotebookSheet>
  )
}

function Farewell() {
  return (
    <p
      role="status"
      className="mt-6 ml-(--text-edge) border-accent border-l-2 bg-paper-sunk px-3 py-2.5"
    >
      Your account is deleted, with all its tasks and sessions. Nothing of it is left here.
    </p>
  )
}

function Ways({ isSignedIn, isQuiet = false }: { isSignedIn: boolean; isQuiet?: boolean }) {
  if (isSignedIn) {
    return (
      <Way to="/dashboard" look={isQuiet ? 'quiet' : 'primary'}>
        Open Tend
      </Way>
    )
  }
  const signIn = (
    <Way key="login" to="/login" look={isQuiet ? 'plain' : 'quiet'}>
      Sign in
    </Way>
  )
  const start = (
    <Way key="register" to="/register" look={isQuiet ? 'quiet' : 'primary'}>
      Start
    </Way>
  )
  return isQuiet ? [signIn, start] : [start, signIn]
}

/** A plain link: this page has no code that could make another one follow without a load. */
function Way(props: { to: string; look: 'primary' | 'quiet' | 'plain'; children: ReactNode }) {
  return (
    <a href={props.to} className={buttonClass(props.look)}>
      {props.children}
    </a>
  )
}

function Facts() {
  return (
    <dl className="grid gap-x-8 gap-y-6 pt-16 pl-(--text-edge) sm:grid-cols-3">
      {facts.map(({ name, text }) => (
        <div key={name}>
          <dt className="font-medium">{name}</dt>
          <dd className="pt-1 text-ink-muted">{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function RunItYourself() {
  return (
    <section aria-labelledby="run-heading" className="pt-16 pl-(--text-edge)">
      <h2 id="run-heading" className="font-medium text-view">
        Run it yourself
      </h2>
      <p className="max-w-[34rem] pt-2 text-ink-muted">
        A machine with Node.js 20 or newer is enough; the database comes along. In a copy of the
        source:
      </p>
      <pre className="mt-4 overflow-x-auto rounded-control bg-paper-sunk px-4 py-3 font-mono text-body">
        <code>
          <span className="select-none text-ink-muted">$ </span>npm start
        </code>
      </pre>
    </section>
  )
}
