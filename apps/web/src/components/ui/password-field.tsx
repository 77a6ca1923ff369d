'use client'

import { type ReactNode, useState } from 'react'
import { Field, inputClass } from './field.tsx'

type PasswordFieldProps = {
  id: string
  name: string
  label: string
  hint?: ReactNode
  error: ReactNode | null
  autoComplete: 'current-password' | 'new-password'
}

/** A password with its label and a button that shows it. */
export function PasswordField({ name, autoComplete, ...field }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field {...field}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            name={name}
            type={isShown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
            className={`${inputClass} h-10 pr-16 pointer-coarse:h-12`}
          />
          <button
            type="button"
            aria-controls={field.id}
            onClick={() => setIsShown(!isShown)}
            className="absolute inset-y-1 right-1 rounded-[0.3rem] px-2.5 text-ink-muted text-meta hover:bg-paper-sunk hover:text-ink"
          >
            {isShown ? 'Hide' : 'Show'}
            <span className="sr-only"> password</span>
          </button>
        </div>
      )}
    </Field>
  )
}
