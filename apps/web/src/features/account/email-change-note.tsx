/** Says what came of following the link that confirms a new email address. */
export function EmailChangeNote({
  outcome,
  email,
}: {
  outcome: 'changed' | 'failed'
  email: string
}) {
  return (
    <p
      role="status"
      className={`mt-4 border-l-2 bg-paper-sunk px-3 py-2.5 [overflow-wrap:anywhere] ${outcome === 'changed' ? 'border-accent' : 'border-warn'}`}
    >
      {outcome === 'changed'
        ? `Your email address is ${email} now. Sign in with it from now on.`
        : `The link has been used or is too old. Your email address is ${email}; to change it, ask for a new link below.`}
    </p>
  )
}
