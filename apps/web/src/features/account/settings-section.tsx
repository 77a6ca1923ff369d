import type { ReactNode } from 'react'

type SettingsSectionProps = {
  id: string
  title: string
  sentence: ReactNode
  children: ReactNode
  /** Takes the whole column, as lists do. */
  isWide?: boolean
  /** Keeps its distance from the rest. */
  isApart?: boolean
}

/** One matter of the settings: its heading, a sentence, and the control. */
export function SettingsSection(props: SettingsSectionProps) {
  const { id, title, sentence, children, isWide = false, isApart = false } = props
  return (
    <section
      aria-labelledby={`${id}-heading`}
      className={isApart ? 'mt-20 border-line border-t pt-10' : 'pt-10'}
    >
      <h2 id={`${id}-heading`} className="font-medium text-title">
        {title}
      </h2>
      <p className="max-w-[34rem] pt-1 pb-4 text-ink-muted">{sentence}</p>
      <div className={isWide ? '' : 'max-w-[22rem]'}>{children}</div>
    </section>
  )
}
