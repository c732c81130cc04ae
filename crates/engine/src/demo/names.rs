//! Invented names of persons.

use mingcha_domain::Value;

use super::{int, mix};

/// Frequent surnames; the first ones stand more often, as in life.
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗",
    "高", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁", "潘", "于",
    "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆",
    "汪", "范", "金", "石", "廖", "贾", "夏", "韦", "付", "方", "白", "邹", "孟", "熊", "秦", "邱", "江", "尹", "薛",
    "闫", "段", "雷", "侯", "龙", "史", "陶", "黎", "贺", "顾", "毛", "郝", "龚", "邵", "万", "钱", "严", "武", "戴",
    "莫", "孔", "向", "汤", "欧阳", "诸葛", "上官",
];

/// Characters of given names; some are outside GB2312, as in life.
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "霞", "平",
    "刚", "桂", "英", "华", "玉", "萍", "红", "建", "国", "文", "辉", "斌", "波", "海", "燕", "鹏", "飞", "凤", "兰",
    "志", "春", "梅", "秀", "珍", "云", "莉", "雪", "琳", "晶", "欣", "怡", "佳", "慧", "晨", "宇", "浩", "然", "子",
    "轩", "梓", "涵", "雨", "泽", "思", "嘉", "俊", "凯", "宁", "婷", "倩", "颖", "洁", "莹", "瑶", "璐", "岚", "舟",
    "帆", "礼", "义", "信", "德", "永", "安", "康", "福", "祥", "瑞", "松", "柏", "竹", "昇", "祎", "珺", "玥", "喆",
    "堃", "赟",
];

/// `fake_name(seed, n)`: two or three characters, seldom four.
pub(super) fn fake_name(cells: &[Value]) -> Result<Value, String> {
    let (seed, n) = (int(cells, 0)?, int(cells, 1)?);
    let draw = |salt: u64, below: usize| (mix(seed, n, salt) % below as u64) as usize;
    // The smaller of two draws: frequent surnames come first.
    let surname = SURNAMES[draw(1, SURNAMES.len()).min(draw(2, SURNAMES.len()))];
    let mut name = surname.to_owned();
    name.push_str(GIVEN[draw(3, GIVEN.len())]);
    if draw(4, 10) < 7 {
        name.push_str(GIVEN[draw(5, GIVEN.len())]);
    }
    Ok(Value::Text(name))
}
