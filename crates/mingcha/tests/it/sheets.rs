//! Sheets as clerks send them: right ones, from which a test makes the wrong one that it is about.

pub const CERTIFICATE: &str = "vocational_training.certificate";
pub const SUBSIDY: &str = "vocational_training.training_subsidy";

/// A unified social credit code with right check characters (GB 32100), of no body that exists.
pub const USCC: &str = "91330900MA2A00018M";

/// A sheet: its headings and its rows, the first of which is line 2.
#[derive(Clone)]
pub struct Sheet {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// So many certificates, each somebody else's.
    pub fn certificates(count: u32) -> Self {
        let headings = [
            "证书编号",
            "身份证号",
            "姓名",
            "证书类别",
            "职业（工种）",
            "技能等级",
            "发证日期",
            "发证机构代码",
            "发证机构",
            "理论成绩",
        ];
        let row = |n: u32| {
            let (no, person) = (format!("S{n:06}"), resident_id(n));
            row([
                &no,
                &person,
                "张三",
                "职业技能等级证书",
                "养老护理员",
                "四级",
                "2023-04-18",
                USCC,
                "示例学校",
                "88.5",
            ])
        };
        Self { headings: headings.map(ToOwned::to_owned).to_vec(), rows: (1..=count).map(row).collect() }
    }

    /// So many subsidies of 800 yuan to one person, one a month from January on.
    pub fn subsidies(person: u32, count: u32) -> Self {
        let headings = [
            "补贴编号",
            "补贴种类",
            "身份证号",
            "姓名",
            "发放日期",
            "补贴金额（元）",
            "培训课时",
            "培训机构代码",
            "技能等级",
        ];
        let row = |n: u32| {
            let (no, day) = (format!("BT{person:03}-{n}"), format!("2023-{n:02}-15"));
            row([&no, "培训补贴", &resident_id(person), "张三", &day, "800", "40", USCC, "四级"])
        };
        Self { headings: headings.map(ToOwned::to_owned).to_vec(), rows: (1..=count).map(row).collect() }
    }

    /// With another cell, in the line that a person sees (the first row below the header is line 2).
    #[must_use]
    pub fn with(mut self, line: usize, heading: &str, cell: &str) -> Self {
        let column = self.column(heading);
        cell.clone_into(&mut self.rows[line - 2][column]);
        self
    }

    /// With the rows of another sheet of the same headings below.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        assert_eq!(self.headings, other.headings, "sheets of one ledger");
        self.rows.extend(other.rows);
        self
    }

    /// With another heading in the place of one.
    #[must_use]
    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        let column = self.column(from);
        to.clone_into(&mut self.headings[column]);
        self
    }

    /// Without a column.
    #[must_use]
    pub fn without(mut self, heading: &str) -> Self {
        let column = self.column(heading);
        self.headings.remove(column);
        for row in &mut self.rows {
            row.remove(column);
        }
        self
    }

    /// As CSV in UTF-8.
    pub fn csv(&self) -> String {
        let lines = std::iter::once(&self.headings).chain(&self.rows);
        lines.map(|cells| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n").collect()
    }

    /// As a workbook of one sheet, all cells as text.
    pub fn xlsx(&self) -> Vec<u8> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (line, cells) in std::iter::once(&self.headings).chain(&self.rows).enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (line, column) = (u32::try_from(line).expect("a line"), u16::try_from(column).expect("a column"));
                sheet.write_string(line, column, cell).expect("a cell");
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    }

    fn column(&self, heading: &str) -> usize {
        self.headings.iter().position(|known| known == heading).unwrap_or_else(|| panic!("no heading {heading}"))
    }
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(ToOwned::to_owned).to_vec()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// An identity number from an unassigned region, with the right check character (GB 11643).
pub fn resident_id(n: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    assert!(n < 1000, "three digits tell persons apart");
    let body = format!("33099919900101{n:03}");
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).expect("a digit") * weight).sum();
    let check = char::from(b"10X98765432"[usize::try_from(sum % 11).expect("small")]);
    format!("{body}{check}")
}

#[test]
fn an_identity_number_that_others_computed_too_comes_out_right() {
    // Computed with a pencil; docs/packs.md gives it as its example.
    assert_eq!(resident_id(123), "330999199001011237");
}
