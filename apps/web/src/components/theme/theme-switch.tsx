'use client'

import { type LucideIcon, Monitor, Moon, Sun } from 'lucide-react'
import { type Theme, themes } from './theme.ts'
import { chooseTheme, useTheme } from './use-theme.ts'

/** How each theme is called and drawn. */
export const themeLooks: Record<Theme, { label: string; icon: LucideIcon }> = {
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
  system: { label: 'System', icon: Monitor },
}

type ThemeSwitchProps = {
  /** The theme the server has rendered. */
  atFirst: Theme
  /** Whether there is room for words beside the icons. */
  hasRoom?: boolean
}

/** Three choices in a row. */
export function ThemeSwitch({ atFirst, hasRoom = false }: ThemeSwitchProps) {
  const current = useTheme(atFirst)
  return (
    <fieldset className="inline-flex flex-wrap gap-0.5 rounded-control bg-paper-sunk p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((theme) => {
        const { label, icon: Icon } = themeLooks[theme]
        return (
          <label
            key={theme}
            title={hasRoom ? undefined : label}
            className="relative flex h-8 min-w-10 items-center justify-center gap-2 rounded-[0.4rem] text-ink-muted hover:text-ink has-checked:bg-paper-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line-control)] has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2 pointer-coarse:h-11 pointer-coarse:min-w-12"
          >
            <input
              type="radio"
              name="theme"
              value={theme}
              // The cookie knows better than what the browser remembers of an earlier visit.
              autoComplete="off"
              checked={theme === current}
              onChange={() => chooseTheme(theme)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            <Icon
              aria-hidden
              size={16}
              strokeWidth={1.75}
              className={hasRoom ? 'pointer-events-none ml-3' : 'pointer-events-none'}
            />
            <span className={hasRoom ? 'pr-3 text-body' : 'sr-only'}>{label}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
