'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'

type CarriedEmail = { email: string; carryEmail: (email: string) => void }

const CarriedEmailContext = createContext<CarriedEmail>({ email: '', carryEmail() {} })

/** Carries the email typed into one of the two forms over to the other; in memory, not in the address. */
export function CarriedEmailProvider({ children }: { children: ReactNode }) {
  const [email, carryEmail] = useState('')
  return <CarriedEmailContext value={{ email, carryEmail }}>{children}</CarriedEmailContext>
}

export function useCarriedEmail(): CarriedEmail {
  return useContext(CarriedEmailContext)
}
