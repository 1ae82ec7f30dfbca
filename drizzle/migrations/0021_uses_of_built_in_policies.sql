-- They decide before the first epoch; what comes into force later has its row from a trigger of 0017.
INSERT OR IGNORE INTO `policy_uses` (`policy`) VALUES
  ('everyone-reads-public'),
  ('anonymous-proves-itself'),
  ('machine-keeps-its-own-certificate'),
  ('machine-asks-about-itself'),
  ('person-keeps-own-account'),
  ('admin-administers'),
  ('auditor-reads'),
  ('team-lead-reads'),
  ('team-lead-leads'),
  ('terminal-operates'),
  ('process-keeps-house');
