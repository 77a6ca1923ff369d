'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Field, inputClass } from './field.tsx'
import { IconButton } from './icon-button.tsx'

type PasswordFieldProps = {
  id: string
  name: string
  label: string
  hint?: ReactNode
  error: ReactNode | null
  autoComplete: 'current-password' | 'new-password'
}

/** A password with its label and a button that shows it. */
export function PasswordField({ id, name, label, hint, error, autoComplete }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field id={id} label={label} hint={hint} error={error}>
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
            className={`${inputClass} h-10 pr-12 pointer-coarse:h-12`}
          />
          <div className="absolute inset-y-0 right-0.5 flex items-center">
            <IconButton
              icon={isShown ? EyeOff : Eye}
              label={isShown ? 'Hide password' : 'Show password'}
              aria-controls={id}
              onClick={() => setIsShown(!isShown)}
            />
          </div>
        </div>
      )}
    </Field>
  )
}
