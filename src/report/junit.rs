//! JUnit's XML: one test suite a file, one failed test a finding; a clean file is one test that passed.

use super::xml::escape;
use super::{Checked, Places};
use std::io::{self, Write};

pub(super) fn write(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    let failures: usize = files.iter().map(|file| file.findings.len()).sum();
    let tests: usize = files.iter().map(|file| file.findings.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"postlint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    )?;
    for file in files {
        let name = escape(&file.name);
        let (count, failed) = (file.findings.len().max(1), file.findings.len());
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{count}\" failures=\"{failed}\" errors=\"0\">"
        )?;
        let mut places = Places::new(&file.source);
        for finding in &file.findings {
            let place = places.of(finding.range.start);
            let text = finding.message.text(file.language);
            let (code, message) = (finding.code, escape(&text));
            let (line, column, severity) = (place.line, place.column, finding.severity.as_str());
            writeln!(
                out,
                "    <testcase name=\"{code}\" classname=\"{name}\" file=\"{name}\" line=\"{line}\">"
            )?;
            writeln!(
                out,
                "      <failure type=\"{severity}\" message=\"{message}\">{name}:{line}:{column}: {message}</failure>"
            )?;
            writeln!(out, "    </testcase>")?;
        }
        if file.findings.is_empty() {
            writeln!(
                out,
                "    <testcase name=\"clean\" classname=\"{name}\" file=\"{name}\"/>"
            )?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
