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

/** Three choices in a row. `atFirst` is the theme the server has rendered. */
export function ThemeSwitch({ atFirst }: { atFirst: Theme }) {
  const current = useTheme(atFirst)
  return (
    <fieldset className="inline-flex gap-0.5 rounded-control bg-paper-sunk p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((theme) => {
        const { label, icon: Icon } = themeLooks[theme]
        return (
          <label
            key={theme}
            title={label}
            className="relative grid h-8 w-10 place-items-center rounded-[0.4rem] text-ink-muted hover:text-ink has-checked:bg-paper-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line-control)] has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2 pointer-coarse:h-11 pointer-coarse:w-12"
          >
            <input
              type="radio"
              name="theme"
              value={theme}
              checked={theme === current}
              onChange={() => chooseTheme(theme)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            <Icon aria-hidden size={16} strokeWidth={1.75} className="pointer-events-none" />
            <span className="sr-only">{label}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
