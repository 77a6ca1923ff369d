import type { TaskExportFormat, TendClient } from '@tend/contracts/client'
import { calendarDay } from '@tend/quick-add/calendar-day'
import { saveFile } from '../../../components/save-file.ts'

/** Hands the person all their tasks outside the trash as a file. The browser keeps what arrives, not the page. */
export async function downloadTasks(tend: TendClient, format: TaskExportFormat): Promise<void> {
  const answer = await tend.exportTasks(format)
  saveFile(`tend-tasks-${calendarDay(new Date())}.${format}`, await answer.blob())
}
