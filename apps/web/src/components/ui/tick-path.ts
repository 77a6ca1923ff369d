/** The tick's one stroke: its long arm bends like a stem. The mark of Tend draws the same. */
export const TICK_PATH = 'M7.2 12.7 10.4 15.9C11.3 12.6 13.4 9.5 16.9 7.6'
