using Hark.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hark.Data.Store;

internal sealed class UnderstandingTables : IEntityTypeConfiguration<TextModelVersion>, IEntityTypeConfiguration<TextModelScore>, IEntityTypeConfiguration<TextDisagreement>,
    IEntityTypeConfiguration<TextLesson>, IEntityTypeConfiguration<TextLearning>, IEntityTypeConfiguration<TopicProposal>,
    IEntityTypeConfiguration<CauseChain>, IEntityTypeConfiguration<LanguageModel>, IEntityTypeConfiguration<LanguageModelMonth>
{
    public void Configure(EntityTypeBuilder<TextModelVersion> e)
    {
        e.ToTable("text_models");
        e.HasKey(x => new { x.WorkspaceId, x.Task, x.Version });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<TextModelScore> e)
    {
        e.ToTable("text_model_scores");
        e.HasKey(x => new { x.WorkspaceId, x.Task, x.DayAt, x.Language });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<TextDisagreement> e)
    {
        e.ToTable("text_disagreements");
        e.HasKey(x => new { x.WorkspaceId, x.Task, x.SignalId });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<TextLesson> e)
    {
        e.ToTable("text_lessons");
        e.HasKey(x => new { x.WorkspaceId, x.SignalId });
        e.HasIndex(x => new { x.WorkspaceId, x.At }); // what was corrected since the learner looked
        e.Below();
    }

    public void Configure(EntityTypeBuilder<TextLearning> e)
    {
        e.ToTable("text_learning");
        e.HasKey(x => x.WorkspaceId);
        e.Below();
    }

    public void Configure(EntityTypeBuilder<TopicProposal> e)
    {
        e.ToTable("topic_proposals");
        e.HasKey(x => new { x.WorkspaceId, x.Term, x.Language });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<CauseChain> e)
    {
        e.ToTable("cause_chains");
        e.HasKey(x => new { x.WorkspaceId, x.Topic, x.ChainId, x.Version });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<LanguageModel> e)
    {
        e.ToTable("language_models");
        e.HasKey(x => x.WorkspaceId);
        e.Below();
    }

    public void Configure(EntityTypeBuilder<LanguageModelMonth> e)
    {
        e.ToTable("language_model_months");
        e.HasKey(x => new { x.WorkspaceId, x.MonthAt });
        e.Below();
    }
}
