import type { Transaction } from "@/server/kernel/context";
import type { Ports } from "@/server/kernel/ports";

const APPEND = `
  INSERT INTO decisions (at, request_id, asker_kind, asker_id, asker_name, subject_type, subject_id, action,
    resource_type, resource_id, workload_kind, decision, policies, reason, epoch, latency_micros, asked)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** See `Ports.appendDecisions`; triggers refuse to change or delete them later. */
export const appendDecisions: Ports["appendDecisions"] = (tx: Transaction, records) => {
  const append = tx.statement(APPEND);
  return records.map((record) => {
    const { asker, subject, resource } = record;
    const { lastInsertRowid } = append.run(
      record.at.getTime(),
      record.requestId,
      asker.kind,
      asker.id,
      asker.name,
      subject.type,
      subject.id,
      record.action,
      resource.type,
      resource.id,
      record.workloadKind,
      record.decision,
      JSON.stringify(record.policies),
      record.reason,
      record.epoch,
      record.latencyMicros,
      record.asked,
    );
    return Number(lastInsertRowid);
  });
};
