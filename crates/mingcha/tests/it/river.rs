//! A pack that this repository never saw: gauges along a river. One ledger, one model, one figure.

use std::path::Path;

pub const LEDGER: &str = "river.gauge";
pub const MODEL: &str = "river.above_warning";

const PACK: &str = r#"
format = 1
key = "river"
title = "河道水位"
title_en = "River levels"
order = 50

[project]
title = "河道安全专项治理"
title_en = "River safety"
lead_unit = "区水利局"
goal = "水位高于警戒线的，有人去看。"
"#;

const GAUGE: &str = r#"
format = 1
title = "水位记录"
title_en = "Gauge readings"
key = ["station", "read_on"]

[[column]]
name = "station"
title = "测站"
title_en = "Station"
kind = "text"
required = true

[[column]]
name = "read_on"
title = "日期"
title_en = "Read on"
kind = "date"
required = true

[[column]]
name = "level_m"
title = "水位（米）"
title_en = "Level (m)"
kind = "decimal(2)"
required = true
min = 0
max = 30

[[column]]
name = "manual"
title = "人工读数"
title_en = "Read by hand"
kind = "boolean"
"#;

/// The page of the model; tests that break it replace parts of it.
pub const PAGE: &str = r#"+++
format = 1
title = "水位高于警戒线"
title_en = "Above the warning level"
effect = "提示"
key = ["station", "read_on"]
local_by = { gauge = "station" }
subject = "station"
basis = ["防汛预案第三条"]

[[params.warning]]
value = 8
source = "防汛预案第三条"
level = "区"
+++
某站某日的水位高于警戒线；等于警戒线不列出。

## 为什么查
水位高于警戒线，要有人去看。

## 怎么核实
到测站看水尺。

## 查不到什么
没有记录的日子。

## 常见误报
仪器漂移。

```sql
SELECT g.station, g.read_on, max(g.level_m) AS level_m, evidence(g._ref) AS evidence
FROM gauge g
WHERE g.read_on <= $as_of
GROUP BY g.station, g.read_on
HAVING max(g.level_m) > $warning
```

## 表述
{{ station }} 在 {{ read_on | day }} 的水位是 {{ level_m }} 米，高于警戒线。

## Case: 高于的列出
given `gauge`

| row | station | read_on | level_m |
|---|---|---|---|
| high | 甲 | 2023-06-01 | 8.01 |

then

| station | read_on | evidence |
|---|---|---|
| 甲 | 2023-06-01 | high |

## Case: 等于的不列出
given `gauge`

| station | read_on | level_m |
|---|---|---|
| 甲 | 2023-06-01 | 8.00 |

then nothing
"#;

const FIGURES: &str = r#"
format = 1

[[figure]]
key = "readings_high"
title = "超警戒读数"
title_en = "Readings above warning"
unit = "次"
definition = "本年度水位高于 8 米的读数。"
records = '''
SELECT CAST(g._ref AS VARCHAR) AS reference, g.read_on AS day, g.station, g.level_m
FROM gauge g
WHERE g.level_m > 8
'''
aggregate = "count"
"#;

/// Writes the pack into a packs folder, as an operator drops it there.
pub fn drop_into(packs: &Path) {
    let home = packs.join("river");
    write(&home, "pack.toml", PACK);
    write(&home, "ledgers/gauge.toml", GAUGE);
    write(&home, "models/above_warning.md", PAGE);
    write(&home, "figures.toml", FIGURES);
}

/// Writes another page beside the first one, which is the first one with something else in it.
pub fn page(packs: &Path, name: &str, changes: &[(&str, &str)]) {
    let mut page = PAGE.to_owned();
    for (from, to) in changes {
        assert!(page.contains(from), "{from}");
        page = page.replacen(from, to, 1);
    }
    write(&packs.join("river"), &format!("models/{name}.md"), &page);
}

pub fn write(home: &Path, name: &str, text: &str) {
    let path = home.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("written");
}

/// The line of a page on which a text begins, counted from 1.
pub fn line_of(page: &str, text: &str) -> usize {
    let at = page.find(text).unwrap_or_else(|| panic!("{text} is not in the page"));
    page[..at].matches('\n').count() + 1
}
