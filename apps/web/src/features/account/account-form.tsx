'use client'

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { useIsHydrated } from '../../components/ui/use-is-hydrated.ts'
import type { FieldName, FieldProblems } from './form-problems.ts'

/** What came of the last try. Each try makes a new one, so that the focus goes to it again. */
export type FormRefusal = {
  /** What stands in the way, when it is not a field. */
  sentence: string | null
  fields: FieldProblems
}

type AccountFormProps = {
  refusal: FormRefusal | null
  isSending: boolean
  submitLabel: string
  sendingLabel: string
  onSubmit: (form: FormData) => void
  children: ReactNode
}

const fieldLabels: Record<FieldName, string> = {
  name: 'Name',
  email: 'Email',
  password: 'Password',
}

/** The frame of both account forms: a summary of what is wrong, the fields, and the button. */
export function AccountForm(props: AccountFormProps) {
  const isHydrated = useIsHydrated()

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!props.isSending) props.onSubmit(new FormData(event.currentTarget))
  }

  return (
    // By POST, so that a password never stands in an address, even if the form were sent without this script.
    <form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      {props.refusal !== null && <Summary refusal={props.refusal} />}
      {props.children}
      <div className="mt-1 grid">
        {/* Until the page is alive, a disabled button keeps Enter from sending the form the old way. */}
        <Button type="submit" disabled={!isHydrated} aria-disabled={props.isSending}>
          {props.isSending ? props.sendingLabel : props.submitLabel}
        </Button>
      </div>
    </form>
  )
}

function Summary({ refusal }: { refusal: FormRefusal }) {
  const summary = useRef<HTMLDivElement>(null)
  const names = (['name', 'email', 'password'] as const).filter((name) => refusal.fields[name])

  useEffect(() => {
    if (refusal !== null) summary.current?.focus()
  }, [refusal])

  return (
    <div
      ref={summary}
      role="alert"
      tabIndex={-1}
      className="border-danger border-l-2 bg-paper-sunk px-3 py-2.5 outline-none"
    >
      {refusal.sentence !== null && <p>{refusal.sentence}</p>}
      {names.length > 0 && (
        <p>
          {names.length === 1 ? 'One field needs' : `${names.length} fields need`} another look:{' '}
          {names.map((name, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <a
                href={`#${name}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(name)?.focus()
                }}
                className="underline decoration-1 underline-offset-4"
              >
                {fieldLabels[name]}
              </a>
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
