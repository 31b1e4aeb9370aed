namespace Hark.Web.Features.Demo.Company;

/// <summary>What the people of the sample company have at hand: saved replies, macros, playbooks.</summary>
internal static class DeskDocuments
{
    public const string Snippets = """
        {"snippets":[
        {"key":"sorry-en","name":"Sorry, and what happens next","language":"en","text":"Dear {name},\n\nI am sorry. I have case {case_number} on my desk and will come back to you today.\n\n{me}, {company}"},
        {"key":"sorry-cs","name":"Omluva a další postup","language":"cs","text":"Dobrý den, {name},\n\nmrzí mě to. Případ {case_number} řeším osobně a dnes se Vám ozvu.\n\n{me}, {company}"},
        {"key":"sorry-bg","name":"Извинение и следваща стъпка","language":"bg","text":"Здравейте, {name},\n\nсъжалявам. Случай {case_number} е при мен и ще Ви пиша още днес.\n\n{me}, {company}"},
        {"key":"sorry-fa","name":"پوزش و گام بعدی","language":"fa","text":"{name} گرامی،\n\nپوزش می‌خواهم. پروندهٔ {case_number} نزد من است و امروز خبر می‌دهم.\n\n{me}، {company}"},
        {"key":"photo","name":"Ask for a photo","language":"en","text":"Could you send me a photo, please? One is enough; you need not fill in the form again."},
        {"key":"refund","name":"Refund is on its way","language":"en","text":"The refund for order {order} left today. Your bank usually needs two working days."},
        {"key":"size","name":"Exchange for another size","team":"product","language":"en","text":"These boots run small. I have put one size up aside for you; shall I send it?"}]}
        """;

    public const string Macros = """
        {"macros":[
        {"key":"apologise-wait","name":"Apologise, ask for a photo, wait","reply":"Dear {name}, I am sorry about this. Could you send me one photo, please? I will do the rest.","wait":true},
        {"key":"to-logistics","name":"Hand over to logistics","to_team":"logistics","note":"The courier has to explain this one."},
        {"key":"mine-critical","name":"Mine, and critical","severity":"critical","to_member":"me"},
        {"key":"duplicate","name":"Close as duplicate","root_cause":"reported twice","outcome":"duplicate"}]}
        """;

    public const string Playbooks = """
        {"playbooks":[
        {"key":"late-parcel","name":"Late or lost parcel","touchpoints":["delivery"],"steps":[
          {"key":"s1","text":"Apologise in your own words"},{"key":"s2","text":"Ask the courier where it is"},{"key":"s3","text":"Send it again when it is not found today"},
          {"key":"s4","text":"Pay the shipping back"},{"key":"s5","text":"Name the root cause"}]},
        {"key":"business","name":"Unhappy business account","team":"success","steps":[
          {"key":"s1","text":"Call before you write"},{"key":"s2","text":"Ask who else is affected"},{"key":"s3","text":"Agree on a date and keep it"},{"key":"s4","text":"Tell the account manager"}]},
        {"key":"any","name":"Every other case","steps":[
          {"key":"s1","text":"Read what they said before"},{"key":"s2","text":"Apologise in your own words"},{"key":"s3","text":"Solve it, or say by when"},{"key":"s4","text":"Name the root cause"}]}]}
        """;
}
