from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.personal_data import mask_personal_data

PHONES = [
    "13800138000",
    "138-0013-8000",
    "138 0013 8000",
    "138.0013.8000",
    "+86 13800138000",
    "+86-138-0013-8000",
    "(86)13800138000",
    "（+86）13800138000",
    "008613800138000",
    "１３８００１３８０００",
    "138—0013—8000",
    "19912345678",
    "010-62345678",
    "010 6234 5678",
    "(010) 62345678",
    "（０１０）６２３４５６７８",
    "0571-88888888",
    "05718888888",
    "0571-88888888-801",
    "0571-88888888转801",
    "021－55556666",
    "400-820-8820",
    "4008208820",
    "800 820 8820",
    "+1 415 555 2671",
    "+1 (415) 555-2671",
    "+14155552671",
    "(415) 555-2671",
    "415-555-2671",
    "415.555.2671",
    "1-800-555-0199",
    "415-555-2671 ext. 12",
    "+44 20 7946 0958",
    "+44 (0)20 7946 0958",
    "020 7946 0958",
    "07700 900123",
    "+49 30 901820",
    "0049 30 901820",
    "0171 / 123 45 67",
    "06 12 34 56 78",
    "+33 6 12 34 56 78",
    "+852 2345 6789",
    "+65 6123 4567",
    "+91 98765 43210",
]
EMAILS = [
    "hr@example.com",
    "HR.Zhang+jobs@mail.example.co.uk",
    "12345678@qq.com",
    "zhang_san@163.com",
    "hr＠example.com",
    "jürgen@firma.de",
    "hr[at]example.com",
    "hr (at) example.com",
    "hr [at] example [dot] com",
    "hr#at#example.com",
    "hr @ example.com",
    "hr@例子.中国",
]
MESSENGERS = [
    ("微信：{}", "zhangsan88"),
    ("微信:{}", "hr-zhang"),
    ("微信号：{}", "zhangsan"),
    ("微信号 {}", "wxid_abc123"),
    ("微信 {}", "zhang_123"),
    ("加微信{}", "zhang_123"),
    ("加V：{}", "zhang123"),
    ("加微{}", "zhang123"),
    ("vx：{}", "abc12345"),
    ("VX {}", "abc12345"),
    ("V信：{}", "abc12345"),
    ("薇信：{}", "abc12345"),
    ("WeChat: {}", "zhangsan_hr"),
    ("WeChat ID {}", "zhangsan"),
    ("wechat id: {}", "zhangsan"),
    ("Wechat（{}）", "zhang123"),
    ("weixin={}", "zhang123"),
    ("QQ：{}", "12345678"),
    ("QQ{}", "12345678"),
    ("QQ群 {}", "123456789"),
    ("qq号码是{}", "1234567"),
    ("扣扣：{}", "87654321"),
    ("WhatsApp: {}", "john.smith1"),
    ("Telegram: {}", "@hr_bot"),
    ("Telegram @{}", "hr_bot"),
    ("https://t.me/{}", "hr_bot"),
    ("wa.me/{}", "8613800138000"),
    ("Skype: {}", "live:john.smith"),
    ("skype id {}", "johnsmith"),
    ("LINE ID: {}", "hr_tokyo"),
    ("linkedin.com/in/{}", "jane-doe"),
]

# What is typed, and what stays of it.
PROBES = [
    ("1 3 8 0 0 1 3 8 0 0 0", "[phone]"),
    ("1-3-8-0-0-1-3-8-0-0-0", "[phone]"),
    ("138\u200b0013\u200b8000", "[phone]"),
    ("1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8\u200b0\u200b0\u200b0", "[phone]"),
    ("138\ufeff00138000", "[phone]"),
    ("138\u00ad0013\u00ad8000", "[phone]"),
    ("138\u20600013\u20608000", "[phone]"),
    ("138\u202c00138000", "[phone]"),
    ("138 - 0013 - 8000", "[phone]"),
    ("138_0013_8000", "[phone]"),
    ("138/0013/8000", "[phone]"),
    ("138·0013·8000", "[phone]"),
    ("1380 013 8000", "[phone]"),
    ("138 001 38000", "[phone]"),
    ("１３８　００１３　８０００", "[phone]"),
    ("110105199003071234", "[id number]"),
    ("11010519900307123X", "[id number]"),
    ("11010519900307123x", "[id number]"),
    ("110105 19900307 1234", "[id number]"),
    ("110105-19900307-1234", "[id number]"),
    ("110105\u200b19900307\u200b123X", "[id number]"),
    ("１１０１０５１９９００３０７１２３４", "[id number]"),
    ("1 1 0 1 0 5 1 9 9 0 0 3 0 7 1 2 3 4", "[id number]"),
    ("hr at company.com", "[e-mail]"),
    ("HR at Company.com", "[e-mail]"),
    ("jobs at my-company.com.cn", "[e-mail]"),
    ("hr at company dot com", "[e-mail]"),
    ("zhang.san at example dot edu dot cn", "[e-mail]"),
    ("hr@ company.com", "[e-mail]"),
    ("hr @company.com", "[e-mail]"),
    ("hr\u200b@company.com", "[e-mail]"),
    ("hr@com\u200bpany.com", "[e-mail]"),
    ("hr（at）company.com", "[e-mail]"),
    ("微 信：zhangsan88", "微 信：[messenger]"),
    ("微\u200b信：zhangsan88", "微信：[messenger]"),
    ("企业微信：zhangsan88", "企业微信：[messenger]"),
    ("V：zhang123", "V：[messenger]"),
    ("+V zhang123", "+V [messenger]"),
    ("wei xin: zhang123", "wei xin: [messenger]"),
    ("Q Q：12345678", "Q Q：[messenger]"),
    ("QQ 1234 5678", "QQ [messenger]"),
    ("QQ：123-456-789", "QQ：[messenger]"),
    ("Q号 12345678", "Q号 [messenger]"),
    ("联系人：张三", "联系人：[name]"),
    ("联系人：张三，13800138000", "联系人：[name]，[phone]"),
    ("联系人王女士13800138000", "联系人[name][phone]"),
    ("王经理 13800138000", "[name] [phone]"),
    ("李四（13800138000）", "[name]（[phone]）"),
    ("王经理电话：010-62345678", "[name]电话：[phone]"),
    ("13800138000 李老师", "[phone] [name]"),
    ("请联系陈老师", "请联系[name]"),
    ("Contact: Jane Doe, jane@example.com", "Contact: [name], [e-mail]"),
    ("Contact person: Ms. Jane Doe", "Contact person: [name]"),
    ("Mr. John Smith (415-555-2671)", "[name] ([phone])"),
]


@pytest.mark.parametrize(
    "frame", ["{}", "Call {} now", "电话：{}，熟悉SQL", "联系人王女士{}", "打{}吧", "SQL {}\nJava", "({})", "Tel.{}"]
)
@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_number_is_masked_wherever_it_stands(phone, frame):
    masked = mask_personal_data(frame.format(phone))
    assert "[phone]" in masked
    assert not any(char.isdigit() for char in masked)
    assert ("SQL" in masked) == ("SQL" in frame)


@pytest.mark.parametrize("frame", ["{}", "write to {} now", "简历发送至{}，谢谢", "({})", "邮箱:{}\nSQL"])
@pytest.mark.parametrize("email", EMAILS)
def test_an_e_mail_address_is_masked_wherever_it_stands(email, frame):
    assert mask_personal_data(frame.format(email)) == frame.format("[e-mail]")


@pytest.mark.parametrize("frame", ["{}", "熟悉SQL，{}，谢谢", "Apply: {}.", "（{}）", "请联系{}哦"])
@pytest.mark.parametrize(("saying", "name"), MESSENGERS)
def test_a_messenger_id_is_masked_after_its_word(saying, name, frame):
    masked = mask_personal_data(frame.format(saying.format(name)))
    assert name.strip("@") not in masked
    assert "[messenger]" in masked


@pytest.mark.parametrize(
    "text",
    [
        "月薪10000-15000元，年薪20-30万",
        "$100,000 - $200,000 a year",
        "100000-200000",
        "10,000,000 users and 100000000 rows",
        "2019-2020, 2018/2019, 2016 - 2021",
        "2026-03-01 to 2026-04-30, 20260301",
        "01.03.2026 - 30.04.2026, 03/2019-06/2021",
        "9:00-18:00, 09.00-18.00, 08:30-17:30",
        "Python 3.11.7, version 1.2.3.4, 192.168.100.100",
        "ISO 9001:2015, ISO/IEC 27001:2022, GB/T 19001-2016",
        "5+ years, 3-5年, 150-500人, 2000人以上",
        "电话销售 5000-8000元，手机行业10000人",
        "call 1000-2000 customers; mobile 2019-2020",
        "熟悉微信公众号运营、微信小程序、企业微信",
        "WeChat mini-program development; WeChat: marketing; Skype and Slack, Telegram bots",
        "QQ音乐、QQ浏览器 Android 开发",
        "微信/Facebook/Twitter, WhatsApp Business",
        "@Autowired, @RestController, R&D, A@B test",
        "Data Analyst @ Booking.com",
        "Ref. 12345678, job number 20191234",
        "online, deadline: tomorrow, product line: electronics",
        "8000-12000, 8000-12000元/月, 15k-25k·14薪, 8000 - 12000 - 15000",
        "2025.09-2026.08, 2025.09.01-2026.08.31, 2025/09—2026/08, 2025年9月1日至2026年8月31日",
        "64/48, 48/32/16, 64 48 32 16 8, 学时 96/64/32, 16 14 12 10 32 48 64, 1 2 3 4 5 6 7 8",
        "0809030201, CS-101, B0830234, 课程代码 1308001, EC2026-0301",
        "GB/T 19001-2016, GB 50016-2014, GB/T 35273-2020, ISO/IEC 25010:2023, JR/T 0197-2020",
        "主席令第35号，国务院令第743号，教职成〔2019〕13号，财税〔2016〕36号，2021年第14号",
        "ISBN 978-7-111-54742-6, 91110108551385082Q, doi:10.1109/ICSE.2019.00123",
        "100000 200000 300000, 123456789012345678, 0.123456789012345678",
        "worked at booking.com, look at github.com, trained at example.edu.cn, 5% at most",
        "王牌课程，张江校区，李宁公司实习，金融 64学时，周一至周五",
        "联系实际，联系任课老师，联系方式，联系人管理，咨询高校，contact with customers, Contact: sales skills",
        "校企合作负责老师带队，女士先生皆可，联系我们",
        "V2.0: stable, v: 3.2.1, 微信支付，加微服务，C++ vector",
        "零宽\u200b空格，a\u200bb, \ufeff课程说明 64/48",
        "",
    ],
)
def test_ordinary_numbers_and_words_stay(text):
    assert mask_personal_data(text) == text


@pytest.mark.parametrize(("typed", "kept"), PROBES)
def test_what_is_split_hidden_or_spoken_is_masked_too(typed, kept):
    assert mask_personal_data(typed) == kept
    assert mask_personal_data(f"企业实训，{typed}，64/48") == f"企业实训，{kept}，64/48"


def test_all_that_one_text_holds_is_masked_and_the_rest_stays():
    text = "精通SQL。电话010-62345678,13800138000；QQ/微信：12345678，邮箱 12345678@qq.com，3年以上经验，薪资10000"
    assert mask_personal_data(text) == (
        "精通SQL。电话[phone],[phone]；QQ/微信：[messenger]，邮箱 [e-mail]，3年以上经验，薪资10000"
    )


@given(st.text(max_size=30), st.sampled_from(PHONES + EMAILS), st.text(max_size=30))
def test_no_surroundings_but_digits_and_letters_keep_an_address(before, secret, after):
    assert secret not in mask_personal_data(f"{before} {secret} {after}")


@given(st.text("0123456789 -+().@aA微信QQ:：加v\n", max_size=60))
def test_masking_twice_is_masking_once(text):
    masked = mask_personal_data(text)
    assert mask_personal_data(masked) == masked


@pytest.mark.parametrize(
    "bait", ["1", "a", "0 ", "+1(", "微信", "QQ ", "a@", "@", "1-", "加v", "(at)", "a.", "电话 1"]
)
def test_hostile_repetition_stays_quick(bait):
    begin = process_time()
    mask_personal_data(bait * (100_000 // len(bait)))
    assert process_time() - begin < 3
