'use client'

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { useIsHydrated } from '../../components/ui/use-is-hydrated.ts'
import { type FieldName, fieldNames } from './form-problems.ts'
import type { AccountFormState, FormRefusal } from './use-account-form.ts'

type AccountFormProps = {
  form: AccountFormState
  submitLabel: string
  sendingLabel: string
  children: ReactNode
  /** How the button looks: as wide as the fields by default. */
  submitLook?: 'wide' | 'quiet' | 'danger'
  /** Stands before the button, apart from it. */
  beforeSubmit?: ReactNode
}

const fieldLabels: Record<FieldName, string> = {
  name: 'Name',
  email: 'Email',
  newEmail: 'New email',
  currentPassword: 'Current password',
  password: 'Password',
  newPassword: 'New password',
}

/** The frame of every account form: a summary of what is wrong, the fields, and the button. */
export function AccountForm(props: AccountFormProps) {
  const { form, submitLook = 'wide' } = props
  const isHydrated = useIsHydrated()

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!form.isSending) void form.submit(new FormData(event.currentTarget))
  }

  return (
    // By POST, so that a password never stands in an address, even if the form were sent without this script.
    <form
      method="post"
      noValidate
      onSubmit={onSubmit}
      onInput={(event) => form.keep(new FormData(event.currentTarget))}
      className="flex flex-col gap-4"
    >
      {form.refusal !== null && <Summary refusal={form.refusal} idOf={form.idOf} />}
      {props.children}
      <div className={submitLook === 'wide' ? 'mt-1 grid' : 'mt-1 flex justify-between gap-2'}>
        {props.beforeSubmit}
        {/* Until the page is alive, a disabled button keeps Enter from sending the form the old way. */}
        <Button
          type="submit"
          look={submitLook === 'wide' ? 'primary' : submitLook}
          disabled={!isHydrated}
          aria-disabled={form.isSending}
        >
          {form.isSending ? props.sendingLabel : props.submitLabel}
        </Button>
      </div>
    </form>
  )
}

function Summary({ refusal, idOf }: { refusal: FormRefusal; idOf: (name: FieldName) => string }) {
  const summary = useRef<HTMLDivElement>(null)
  const names = fieldNames.filter((name) => refusal.fields[name])

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
                href={`#${idOf(name)}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(idOf(name))?.focus()
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
