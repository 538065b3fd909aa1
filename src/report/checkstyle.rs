//! Checkstyle's XML, which most review tools read.

use super::xml::escape;
use super::{Checked, Places};
use std::io::{self, Write};

pub(super) fn write(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">"
    )?;
    for file in files.iter().filter(|file| !file.findings.is_empty()) {
        writeln!(out, "  <file name=\"{}\">", escape(&file.name))?;
        let mut places = Places::new(&file.source);
        for finding in &file.findings {
            let place = places.of(finding.range.start);
            let (line, column) = (place.line, place.column);
            let text = finding.message.text(file.language);
            let (severity, message) = (finding.severity.as_str(), escape(&text));
            let code = finding.code;
            writeln!(
                out,
                "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" source=\"postlint.{code}\"/>"
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
